package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.cli.demo.Demo;
import io.jenkins.plugins.deployfirst.cli.demo.Ending;
import io.jenkins.plugins.deployfirst.cli.demo.Parts;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: shows on a throw-away host what the other commands do. */
@Command(
        name = "demo",
        description =
                "Shows on a throw-away host of its own how a good commit is validated and a bad one taken back."
                        + " Uses this machine's sshd and Docker where they are, stand-ins where not, and leaves nothing behind.",
        footer = {
            "  deploy-first demo",
            "  deploy-first demo --stand-in  (no sshd, no Docker)",
            "  deploy-first demo --keep      (to look around afterwards, until Ctrl-C)"
        })
final class DemoCommand extends Task {
    @Option(names = "--stand-in", description = "Use stand-ins for sshd and Docker even where those are.")
    private boolean standIn;

    @Option(names = "--real", description = "Fail where sshd or Docker would need a stand-in.")
    private boolean real;

    @Option(names = "--keep", description = "Keep everything running after the story, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--serve",
            hidden = true,
            paramLabel = "FILE",
            description = "Set everything up for a Jenkins, write to FILE where it is, and wait to be ended.")
    private Path serve;

    @Override
    Answer answer(Session session) {
        Ending ending;
        try {
            Demo demo = new Demo(new DemoStage(session), parts(), keep, session.variables());
            if (serve != null) {
                demo.serve(serve);
            }
            ending = demo.run();
        } catch (InterruptedException told) {
            throw DeployFirstException.unchanged("The demonstration was interrupted.", "Nothing of it is left.");
        }
        return new Answer(
                Outcome.DONE,
                ending.toMap(),
                "The story came out as it should, in " + DurationText.format(ending.duration())
                        + ". Nothing of it is left on this machine.",
                "");
    }

    private Parts parts() {
        if (standIn && real) {
            throw DeployFirstException.usage("--stand-in and --real exclude each other.", "Leave one of them out.");
        }
        return standIn ? Parts.STAND_IN : real ? Parts.REAL : Parts.AS_FOUND;
    }

    @Override
    boolean changesSomething() {
        return false;
    }
}
