package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands that a person types when the engine could not take an environment back. */
final class ManualCommands {
    private ManualCommands() {}

    static List<String> toReach(Environment environment, String tool, Release release) {
        Carrier carrier = Carrier.of(environment);
        Compose compose = carrier.compose(tool, release);
        List<String> lines = new ArrayList<>();
        connect(environment).ifPresent(lines::add);
        lines.add(Quote.command("cd", environment.directory()));
        lines.add(compose.line("ps"));
        lines.add(compose.line("logs", "--tail", "100"));
        lines.addAll(carrier.byHand(release));
        lines.add(compose.line("up", "-d"));
        lines.add(compose.line("restart"));
        return lines.stream().map(environment.host()::mask).toList();
    }

    /** Returns those that change something, in one line, for a message. */
    static String inOneLine(Environment environment, String tool, Release release) {
        Carrier carrier = Carrier.of(environment);
        Compose compose = carrier.compose(tool, release);
        List<String> commands = new ArrayList<>(List.of(Quote.command("cd", environment.directory())));
        commands.addAll(carrier.byHand(release));
        commands.add(compose.line("up", "-d"));
        commands.add(compose.line("restart"));
        return "To go to " + release.name() + " by hand: "
                + environment
                        .host()
                        .mask(connect(environment)
                                        .map(ssh -> ssh + ", and there: ")
                                        .orElse("")
                                + String.join(" && ", commands));
    }

    private static Optional<String> connect(Environment environment) {
        return environment.host() instanceof HostSettings.Ssh ssh
                ? Optional.of("ssh -p " + ssh.endpoint().port() + " "
                        + Quote.word(
                                ssh.endpoint().user() + "@" + ssh.endpoint().host()))
                : Optional.empty();
    }
}
