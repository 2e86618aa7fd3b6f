package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerTest {
    private static final String LIST =
            "docker ps -a --no-trunc --filter label=com.docker.compose.oneoff=False --format '{{.ID}}|{{.Label"
                    + " \"com.docker.compose.service\"}}|{{.Label \"com.docker.compose.project\"}}|{{.Label"
                    + " \"com.docker.compose.project.working_dir\"}}'";

    @TempDir
    Path root;

    private ScriptHost host;

    @BeforeEach
    void start() throws InterruptedException {
        host = new ScriptHost(root);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void listingRunsBesideWhatTheScriptDoes() {
        assertThat(Docker.listing(Script.start(), "look").text()).isEqualTo(Script.start() + """
                list=$(mktemp); exec 7> "$list" 8< "$list"; rm -f -- "$list"
                %s >&7 2>&1 & listing=$!
                look
                wait "$listing" || problem docker-fails "$(tail -n 1 <&8)"
                list=$(cat <&8); report containers "$list"
                """.formatted(LIST));
    }

    @Test
    void listingOnItsOwnAsksTheSame() {
        assertThat(Docker.list()).isEqualTo(Script.start() + """
                list=$(%s) || problem docker-fails
                report containers "$list"
                """.formatted(LIST));
    }

    @Test
    void containersOfAGroupRestartAtTheSameTimeAndGroupsOneAfterTheOther() {
        assertThat(Docker.restart(List.of(List.of("a1", "b2"), List.of("c3")))).isEqualTo(Script.start() + """
                pids=
                docker restart a1 >/dev/null & pids="$pids $!"
                docker restart b2 >/dev/null & pids="$pids $!"
                for pid in $pids; do wait "$pid" || failed=1; done
                [ -z "${failed-}" ] || problem restart-failed
                pids=
                docker restart c3 >/dev/null & pids="$pids $!"
                for pid in $pids; do wait "$pid" || failed=1; done
                [ -z "${failed-}" ] || problem restart-failed
                """);
        assertThat(Docker.restart(List.of())).isEqualTo(Script.start().text());
    }

    @Test
    void whatIsListedComesThroughAsItIs() throws Exception {
        String containers = "a1|web|app|/srv/it's the app\nb2|worker|app|/srv/$(id)\\n";
        Tool.write(root.resolve("home/containers"), containers);
        host.program("docker", "cat \"$HOME/containers\"");

        ScriptResult beside = host.succeed(Docker.listing(Script.start(), "report live yes"));

        assertThat(beside.value("containers")).isEqualTo(containers);
        assertThat(beside.value("live")).isEqualTo("yes");
        assertThat(host.succeed(Docker.list()).value("containers")).isEqualTo(containers);
    }

    @Test
    void noContainersAreNoProblem() throws Exception {
        host.program("docker", "exit 0");

        assertThat(host.succeed(Docker.listing(Script.start(), ":")).value("containers"))
                .isEmpty();
        assertThat(host.succeed(Docker.list()).value("containers")).isEmpty();
    }

    @Test
    void aDaemonThatDoesNotAnswerIsAProblemWithItsLastWord() throws Exception {
        host.program("docker", "echo 'Usage:'; echo 'permission denied on /var/run/docker.sock' >&2; exit 1");

        ScriptResult result = host.run(Docker.listing(Script.start(), ":"));

        assertThat(result.value("problem")).isEqualTo("docker-fails");
        assertThat(result.value("detail")).isEqualTo("permission denied on /var/run/docker.sock");
        assertThat(host.problemOf(Docker.list())).isEqualTo("docker-fails");
    }

    @Test
    void aProblemOfWhatRunsBesideComesFirst() throws Exception {
        host.program("docker", "exit 1");

        assertThat(host.problemOf(
                        Docker.listing(Script.start(), "problem no-commit").text()))
                .isEqualTo("no-commit");
    }

    @Test
    void aGroupWaitsForTheOneBeforeIt() throws Exception {
        // Each of the first group waits for the other's beginning, so that they end only when they run side by side.
        host.program("docker", """
                echo "begin $2" >> "$HOME/log"
                case $2 in
                  a) until grep -q 'begin b' "$HOME/log"; do sleep 0.05; done ;;
                  b) until grep -q 'begin a' "$HOME/log"; do sleep 0.05; done ;;
                esac
                echo "end $2" >> "$HOME/log\"""");

        host.succeed(Docker.restart(List.of(List.of("a", "b"), List.of("c"))));

        List<String> log = Tool.lines(host.home().resolve("log"));
        assertThat(log).hasSize(6).endsWith("begin c", "end c");
        assertThat(log.subList(0, 4)).containsExactlyInAnyOrder("begin a", "begin b", "end a", "end b");
    }

    @Test
    void aGroupThatFailsEndsTheRestartWhenAllOfItHaveEnded() throws Exception {
        host.program("docker", """
                if [ "$2" = a ]; then echo 'Error response from daemon: no such container' >&2; exit 1; fi
                echo "$2" >> "$HOME/log\"""");

        ScriptResult result = host.run(Docker.restart(List.of(List.of("a", "b"), List.of("c"))));

        assertThat(result.value("problem")).isEqualTo("restart-failed");
        assertThat(result.tail()).contains("no such container");
        assertThat(Tool.lines(host.home().resolve("log"))).containsExactly("b");
    }
}
