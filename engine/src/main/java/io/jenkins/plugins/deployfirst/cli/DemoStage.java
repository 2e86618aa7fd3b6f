package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.cli.demo.Audience;
import io.jenkins.plugins.deployfirst.cli.demo.Ending;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import java.nio.file.Path;
import java.util.List;

/** Tells the demonstration's story as every command tells its progress, on standard error. */
record DemoStage(Session session) implements Audience {
    @Override
    public void heading(String text) {
        session.heading(text);
    }

    @Override
    public void say(String text) {
        session.progress().info(text);
    }

    @Override
    public void list(List<String> lines) {
        lines.forEach(session::text);
    }

    @Override
    public void ending(Ending ending) {
        heading("What happened when, counted from each push");
        TextTable moments = new TextTable();
        String release = "";
        for (Ending.Moment moment : ending.moments()) {
            String name = moment.release().equals(release) ? "" : moment.release();
            release = moment.release();
            moments.row(name, String.format("%7s", DurationText.format(moment.sincePush())), moment.text());
        }
        list(moments.toString().lines().toList());
        heading("The host's journal");
        list(new Timeline(session.zone()).of(ending.journal()).lines().toList());
    }

    @Override
    public Progress progress() {
        return session.progress();
    }

    @Override
    public Flows flows(Path environmentFile, String environment) {
        EnvironmentFile file = EnvironmentFile.read(
                environmentFile.getParent(), environmentFile.toString(), environmentFile.getParent());
        return session.toWatch(file.environment(environment));
    }
}
