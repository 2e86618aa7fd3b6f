package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostProblemTest {
    private static final String TAIL = "hint: more\nfatal: no space left on device\nand advice after it";

    static final Environment ENVIRONMENT = new Environment(
            "preprod",
            new HostSettings.Local(),
            "/srv/app",
            new ComposeSettings(List.of("it's.yml"), Optional.of("shop"), ComposeSettings.Action.RESTART),
            Optional.empty(),
            HealthSettings.NONE,
            CiRules.DEFAULTS,
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            "upstream");

    static Stream<Arguments> problems() {
        return Stream.of(
                arguments("no-git", "", "git is missing on local. Install git there."),
                arguments("no-docker", "", "docker is missing on local. Install Docker Engine there."),
                arguments("no-flock", "", "flock is missing on local. Install util-linux there."),
                arguments(
                        "no-compose",
                        "",
                        "Docker Compose is missing on local: neither \"docker compose\" nor docker-compose is there."
                                + " Install the compose plugin of Docker there."),
                arguments(
                        "docker-fails",
                        "permission denied.",
                        "docker does not work on local: permission denied. Check that the Docker daemon runs, and that the"
                                + " user may use it (group docker)."),
                arguments(
                        "docker-fails",
                        "",
                        "docker does not work on local: fatal: no space left on device. Check that the Docker daemon"
                                + " runs, and that the user may use it (group docker)."),
                arguments(
                        "no-directory",
                        "",
                        "directory: /srv/app does not exist on local. Clone the repository there, or correct the"
                                + " setting."),
                arguments(
                        "not-a-directory",
                        "",
                        "directory: /srv/app on local is a file, not a directory. Name the directory of the git"
                                + " checkout."),
                arguments(
                        "directory-not-writable",
                        "ada",
                        "directory: user ada may not write to /srv/app on local. Give the directory to that user, or log"
                                + " in as its owner."),
                arguments(
                        "not-a-checkout",
                        "fatal: not a git repository\n",
                        "directory: /srv/app on local is not a git checkout: fatal: not a git repository. Clone the"
                                + " repository there, or correct the setting."),
                arguments(
                        "not-a-checkout",
                        "fatal: detected dubious ownership in repository\nTo add an exception:\n",
                        "directory: /srv/app on local is not a git checkout: fatal: detected dubious ownership in"
                                + " repository To add an exception. Give the directory to the user that deploys (chown"
                                + " -R)."),
                arguments(
                        "not-the-top",
                        "/srv",
                        "directory: /srv/app on local is inside the checkout /srv. Name the checkout's top directory, and"
                                + " give compose files relative to it."),
                arguments(
                        "no-commit",
                        "",
                        "directory: the checkout /srv/app on local has no commit yet. Check out a first release by hand,"
                                + " so that there is something to go back to."),
                arguments(
                        "state-not-writable",
                        "/home/ada/.deploy-first",
                        "The state on local cannot be written: /home/ada/.deploy-first. Check the free disk space and the"
                                + " owner of that path; stateFile names another one."),
                arguments(
                        "unknown-commit",
                        "",
                        "sha: no such commit in /srv/app on local, also after fetching from upstream. Push the commit"
                                + " first, or correct the SHA."),
                arguments(
                        "not-on-host",
                        "abcd",
                        "sha: no commit in /srv/app on local begins with abcd. Deploy it first, or correct the SHA."),
                arguments(
                        "ambiguous-commit",
                        "abcd1 abcd2",
                        "sha: several commits begin so: abcd1 abcd2. Give more digits of the one that is meant."),
                arguments(
                        "fetch-failed",
                        "",
                        "git fetch upstream failed on local: fatal: no space left on device. Check the remote's address"
                                + " and that the host may read it."),
                arguments(
                        "index-locked",
                        "/srv/app/.git/index.lock",
                        "Another git process works in the checkout: /srv/app/.git/index.lock exists. Wait for it to end;"
                                + " if none runs there, remove that file."),
                arguments(
                        "reset-failed",
                        "",
                        "git reset --hard failed: fatal: no space left on device. Check the disk space and the files'"
                                + " owners."),
                arguments(
                        "submodules-failed",
                        "",
                        "git submodule update failed: fatal: no space left on device. Check that the host may read the"
                                + " submodules."),
                arguments(
                        "compose-invalid",
                        "services.web is wrong\nin docker-compose.yml",
                        "The compose file of the new commit is refused: services.web is wrong in docker-compose.yml. Mend"
                                + " the file and push again."),
                arguments(
                        "missing-network",
                        "proxy",
                        "The compose file of the new commit needs the network proxy, and there is none of that name on"
                                + " local. Create it there (docker network create proxy), or correct the name."),
                arguments(
                        "missing-volume",
                        "data",
                        "The compose file of the new commit needs the volume data, and there is none of that name on"
                                + " local. Create it there (docker volume create data), or correct the name."),
                arguments(
                        "compose-files-invalid",
                        "no such file",
                        "compose.files: compose refuses them in /srv/app on local: no such file. Name the files relative"
                                + " to that directory, or mend them."),
                arguments(
                        "pull-failed",
                        "",
                        "An image cannot be pulled: fatal: no space left on device. Check its name and the registry's"
                                + " login."),
                arguments(
                        "build-failed",
                        "",
                        "An image cannot be built: fatal: no space left on device. See the output above."),
                arguments(
                        "restart-failed",
                        "",
                        "The containers did not start: fatal: no space left on device. See the output above."),
                arguments(
                        "up-failed",
                        "",
                        "The containers did not start: fatal: no space left on device. See the output above."),
                arguments(
                        "",
                        "",
                        "\"reset\" failed on local with exit status 1: fatal: no space left on device. See the output"
                                + " above."),
                arguments(
                        "of-a-later-version",
                        "x",
                        "\"reset\" failed on local with exit status 1: fatal: no space left on device. See the output"
                                + " above."));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void aProblemIsOneLineWithItsRemedyAndLeavesEverythingUnchanged(String problem, String detail, String message) {
        DeployFirstException explained = explain(problem, detail, 1, TAIL);

        assertThat(explained).hasMessage(message);
        assertThat(explained.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(explained.outcome().exitCode()).isEqualTo(1);
        assertThat(explained.remedy()).isNotEmpty();
        assertThat(message).endsWith(explained.remedy());
    }

    @Test
    void aLockThatIsHeldTooLongHasItsOwnOutcome() {
        DeployFirstException explained = explain("locked", "ada since noon", 1, "");

        assertThat(explained)
                .hasMessage(
                        "preprod is locked by ada since noon for longer than lockTimeout. Wait for it to end; the lock"
                                + " goes with its last process, nothing needs to be removed.");
        assertThat(explained.outcome()).isEqualTo(Outcome.LOCKED);
        assertThat(explained.outcome().exitCode()).isEqualTo(6);
    }

    @Test
    void aCheckoutThatIsStuckBetweenTwoCommitsNeedsAPerson() {
        DeployFirstException explained = explain("reset-stuck", "abcd", 1, TAIL);

        assertThat(explained)
                .hasMessage("git could put neither the new commit into /srv/app on local nor abcd back: fatal: no space"
                        + " left on device. Mend what it names, then deploy again or roll back.");
        assertThat(explained.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(explained.outcome().exitCode()).isEqualTo(4);
    }

    @Test
    void aDeadlineThatPassedIsSaidSo() {
        assertThat(explain("", "", HostShell.DEADLINE_PASSED, TAIL))
                .hasMessage("\"reset\" on local did not end within its deadline and was stopped. See the output above;"
                        + " commandTimeout sets the deadline.");
    }

    @ParameterizedTest
    @CsvSource({
        "'one\\nlast', last",
        "'error: first\\nlast', error: first",
        "'Error response from daemon: no\\nlast', Error response from daemon: no",
        "'last.\\n\\n', last",
        "'  last:  ', last",
        "'', it printed nothing"
    })
    void theLineThatSaysMostIsShown(String tail, String shown) {
        assertThat(explain("", "", 3, tail.replace("\\n", "\n")))
                .hasMessage("\"reset\" failed on local with exit status 3: " + shown + ". See the output above.");
    }

    @Test
    void whatAHostSaysIsBoundedAndSteersNoTerminal() {
        assertThat(explain("", "", 3, "\u001b[31mred\u0007 " + "x".repeat(100_000))
                        .getMessage())
                .hasSizeLessThan(1200)
                .contains("[31mred x")
                .doesNotContain("\u001b", "\u0007");
    }

    private static DeployFirstException explain(String problem, String detail, int exitStatus, String tail) {
        ScriptResult result = new ScriptResult(exitStatus, Map.of("problem", problem, "detail", detail), tail);
        return HostProblem.explain(ENVIRONMENT, "reset", result);
    }
}
