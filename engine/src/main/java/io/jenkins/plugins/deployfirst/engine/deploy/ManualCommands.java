package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.ArrayList;
import java.util.List;

/** The commands that a person types when the engine could not take an environment back. */
final class ManualCommands {
    private ManualCommands() {}

    static List<String> toReach(Environment environment, String tool, Release release) {
        Carrier carrier = Carrier.of(environment);
        Compose compose = carrier.compose(tool, release);
        List<String> lines = new ArrayList<>();
        if (environment.host() instanceof HostSettings.Ssh ssh) {
            lines.add("ssh -p " + ssh.endpoint().port() + " "
                    + Quote.word(ssh.endpoint().user() + "@" + ssh.endpoint().host()));
        }
        lines.add(Quote.command("cd", environment.directory()));
        lines.add(compose.line("ps"));
        lines.add(compose.line("logs", "--tail", "100"));
        lines.addAll(carrier.byHand(release));
        lines.add(compose.line("up", "-d"));
        lines.add(compose.line("restart"));
        return lines;
    }
}
