package io.jenkins.plugins.deployfirst.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.command.Probes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandProbeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(7);

    private final FakeShell shell = new FakeShell();
    private final CommandProbe probe = new CommandProbe(shell, "/srv/app", "bin/check --token s3cret");

    @Test
    void exitStatusZeroIsHealthyWhateverWasPrinted() throws Exception {
        shell.reports(Map.of("status", "0", "output", "a warning"));
        assertThat(ask()).isEqualTo(new ProbeResult(true, "0", ""));
        assertThat(shell.scripts).containsExactly(Probes.command("/srv/app", "bin/check --token s3cret"));
        assertThat(shell.deadlines).containsExactly(TIMEOUT);
    }

    @Test
    void anyOtherExitStatusIsToldWithWhatWasPrinted() throws Exception {
        shell.reports(Map.of("status", "3", "output", "first\n\u001b[31mcannot reach\tdb"));
        assertThat(ask())
                .isEqualTo(new ProbeResult(
                        false, "3", "exit status 3 instead of 0; it printed: first [31mcannot reach db"));
    }

    @Test
    void aSilentFailureIsToldWithItsStatusAlone() throws Exception {
        shell.reports(Map.of("status", "1", "output", ""));
        assertThat(ask()).isEqualTo(new ProbeResult(false, "1", "exit status 1 instead of 0"));
    }

    @Test
    void aCommandOfItsOwnTimeoutIsNoDeadlinePassed() throws Exception {
        shell.reports(Map.of("status", "124", "output", ""));
        assertThat(ask()).isEqualTo(new ProbeResult(false, "124", "exit status 124 instead of 0"));
    }

    @Test
    void aCommandThatDoesNotEndIsToldWithTheTimeout() throws Exception {
        shell.ends(124, Map.of(), "");
        assertThat(ask()).isEqualTo(new ProbeResult(false, "", "the command did not end within 7.0 s"));
    }

    @Test
    void aMissingDirectoryIsTold() throws Exception {
        shell.ends(2, Map.of(), "sh: cd: can't cd to /srv/app");
        assertThat(ask().message())
                .isEqualTo("the command could not be started; it printed: sh: cd: can't cd to /srv/app");
    }

    @Test
    void theCommandLineIsNotShown() {
        assertThat(probe.describe()).isEqualTo("health command");
    }

    private ProbeResult ask() throws InterruptedException {
        return probe.probe(TIMEOUT);
    }
}
