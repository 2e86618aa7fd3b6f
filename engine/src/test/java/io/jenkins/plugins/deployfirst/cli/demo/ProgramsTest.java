package io.jenkins.plugins.deployfirst.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    @TempDir
    Path directory;

    @Test
    void gitSettingsOfTheUserDoNotReachThePrograms() throws Exception {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("GIT_DIR", "/nowhere");
        Programs programs = new Programs(variables);

        assertThat(programs.run(directory, "sh", "-c", "echo ${GIT_DIR-none} $GIT_CONFIG_GLOBAL"))
                .isEqualTo("none /dev/null");
    }

    @Test
    void aFailedProgramIsNamedWithItsLastLine() {
        Programs programs = new Programs(System.getenv());

        assertThatThrownBy(() -> programs.run(directory, "sh", "-c", "echo first; echo last >&2; exit 3"))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("failed: last.");
    }

    @Test
    void aProgramThatDoesNotExistDoesNotSucceed() throws Exception {
        Programs programs = new Programs(System.getenv());

        assertThat(programs.tryRun(directory, "no-such-program").succeeded()).isFalse();
        assertThat(programs.find("no-such-program")).isEmpty();
        assertThat(programs.find("git")).isPresent();
    }

    @Test
    void whatIsMissingIsNamedWithThePackageToInstall() {
        Programs empty = new Programs(Map.of("PATH", directory.toString()));

        assertThatThrownBy(() -> Requirements.check(empty))
                .isInstanceOfSatisfying(
                        DeployFirstException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED))
                .hasMessageContaining("git")
                .hasMessageContaining("setsid")
                .hasMessageContaining("util-linux");
    }
}
