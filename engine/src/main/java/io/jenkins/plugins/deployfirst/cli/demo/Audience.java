package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import java.nio.file.Path;
import java.util.List;

/** Whom the story is told to, and who lends it the flows that every other command uses. */
public interface Audience {
    /** Shows the heading of a chapter. */
    void heading(String text);

    /** Shows a sentence of the story, with the time that has passed. */
    void say(String text);

    /** Shows lines as they are. */
    void list(List<String> lines);

    /** Shows the times and the journal, when the story has come out as it should. */
    void ending(Ending ending);

    /** Hears what the flows do. */
    Progress progress();

    /** Returns the flows of an environment, read from an environment file. */
    Flows flows(Path environmentFile, String environment);
}
