package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployments that are refused: the reason and the remedy in one line, and nothing changed. */
class DeployRefusalTest extends OnPreprod {
    private static String containers;

    @BeforeAll
    static void start() {
        containers = containers();
    }

    @AfterAll
    static void end() {
        // Their targets are none of the business of whoever deletes the temporary directory.
        Tool.run(root, "sh", "-c", "rm -rf programs-*");
    }

    @AfterEach
    void nothingThatRunsHasChanged() {
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.host("git status --porcelain")).isEmpty();
        assertThat(containers()).isEqualTo(containers);
        assertThat(preprod.isFree()).isTrue();
        assertThat(preprod.events()).doesNotContain("deploy.started");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef0123456789abcdef01234567", "0123456789ab"})
    void aCommitThatNobodyPushed(String sha) {
        assertThat(refusal(sha))
                .hasMessage("sha: no such commit in " + preprod.stack.checkout() + " on "
                        + preprod.environment().host().describe()
                        + ", also after fetching from origin. Push the commit first, or correct the SHA.");
        assertThat(preprod.events()).isEmpty();
    }

    @Test
    void anAbbreviationOfSeveralCommits() {
        // Whoever makes these two commits gets these names.
        Tool.run(preprod.stack.work(), "sh", "-c", """
                export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.com GIT_AUTHOR_DATE='1700000000 +0000'
                export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.com GIT_COMMITTER_DATE='1700000000 +0000'
                tree=$(git mktree </dev/null)
                for text in 16 478; do git push -q origin "$(echo $text | git commit-tree $tree):refs/heads/orphan-$text"; done""");

        assertThat(refusal("2CBA"))
                .hasMessageStartingWith("sha: several commits begin so: ")
                .hasMessageContaining("2cbab2549441a3e44049adba1279d98df21b84d8")
                .hasMessageContaining("2cba5abffe6ff5614022feb596b4be96436e55ec")
                .hasMessageEndingWith("Give more digits of the one that is meant.");
    }

    @Test
    void anOriginThatCannotBeRead() {
        String sha = preprod.stack.release("out of reach");
        preprod.host("git remote set-url origin /no/such/repository");
        try {
            assertThat(refusal(sha))
                    .hasMessageContaining("git fetch origin failed on ")
                    .hasMessageContaining("'/no/such/repository' does not appear to be a git repository")
                    .hasMessageEndingWith("Check the remote's address and that the host may read it.");
        } finally {
            preprod.host("git remote set-url origin " + preprod.stack.origin());
        }
    }

    @Test
    void aComposeFileThatComposeDoesNotUnderstand() throws Exception {
        assertThat(refused(file -> file.replace("init: true", "inti: true")))
                .contains("The compose file of the new commit is refused: ")
                .contains("inti")
                .endsWith("Mend the file and push again.");
        assertThat(refused(file -> file + "  : ]")).contains("The compose file of the new commit is refused: ");
        assertThat(preprod.events()).containsExactly("deploy.failed", "deploy.failed");
        assertThat(preprod.lastEntry().get("reason")).contains("The compose file of the new commit is refused");
        assertThat(preprod.messages).extracting(Message::kind).endsWith(Message.Kind.STARTED, Message.Kind.FAILED);
        assertThat(Tool.run(preprod.stack.stateDirectory(), "ls")).doesNotContain("check.");
    }

    @Test
    void aComposeFileThatTheCommitDeletes() throws Exception {
        Tool.run(preprod.stack.work(), "git", "rm", "-q", "docker-compose.yml");
        String sha = preprod.stack.commit("Remove the compose file", Map.of());

        DeployResult result = preprod.deploy(sha);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .contains("The compose file of the new commit is refused: ")
                .contains("docker-compose.yml");
    }

    @Test
    void networksAndVolumesThatShouldBeThereAndAreNot() throws Exception {
        assertThat(refused(file ->
                        file.replace("    command: [\"sleep\"", "    networks: [shared]\n    command: [\"sleep\"")
                                + "networks:\n  shared:\n    external: true\n    name: df-no-such-network\n"))
                .contains("network df-no-such-network")
                .contains("docker network create df-no-such-network");
        assertThat(refused(file -> file.replace(
                                "    command: [\"sleep\"", "    volumes: [\"data:/data\"]\n    command: [\"sleep\"")
                        + "volumes: {data: {external: true, name: df-no-such-volume}}\n"))
                .contains("volume df-no-such-volume")
                .contains("docker volume create df-no-such-volume");
    }

    @ParameterizedTest
    @CsvSource({
        "missing, does not exist on, 'Clone the repository there, or correct the setting.'",
        "file, 'is a file, not a directory.', Name the directory of the git checkout.",
        "plain, is not a git checkout, 'Clone the repository there, or correct the setting.'",
        "app/sub, is inside the checkout, 'Name the checkout''s top directory'",
        "unborn, has no commit yet., Check out a first release by hand",
    })
    void aDirectoryThatIsNoCheckout(String name, String problem, String remedy) {
        Path place = preprod.stack.checkout().resolveSibling(name);
        Tool.run(root, "sh", "-c", "cd srv && mkdir -p plain app/sub && : > file && git init -q unborn");
        Tool.run(preprod.stack.home(), "rm", "-rf", ".deploy-first");
        String before = Tool.run(root, "sh", "-c", "find srv home -printf '%p %T@\\n' | sort");

        Environment environment = preprod.with(it -> it.directory = place.toString());
        DeployFirstException refusal =
                catchThrowableOfType(DeployFirstException.class, () -> preprod.deploy(environment, preprod.first()));

        assertThat(refusal.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(refusal)
                .hasMessageContaining("directory: ")
                .hasMessageContaining(place.toString())
                .hasMessageContaining(problem)
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("\n");
        assertThat(Tool.run(root, "sh", "-c", "find srv home -printf '%p %T@\\n' | sort"))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "git, 'git is missing on ', Install git there.",
        "docker, 'docker is missing on ', Install Docker Engine there.",
        "flock, 'flock is missing on ', Install util-linux there.",
        "docker-compose, 'Docker Compose is missing on ', Install the compose plugin of Docker there.",
    })
    void aHostThatLacksATool(String tool, String problem, String remedy) throws Exception {
        String sha = preprod.stack.release("lacks " + tool);
        try (SshServer poor = withPath(tool, "rm -f \"$2\" \"$2\"-compose* git-receive-pack")) {
            assertThat(failure(preprod.with(it -> it.host = poor.settings()), sha))
                    .contains(problem)
                    .endsWith(remedy);
        }
    }

    @Test
    void aDockerThatDoesNotAnswer() throws Exception {
        String sha = preprod.stack.release("no daemon");
        String broken =
                "rm -f docker; printf '#!/bin/sh\\necho permission denied to the socket >&2; exit 1\\n' > docker;"
                        + " chmod +x docker";
        try (SshServer poor = withPath("broken", broken)) {
            assertThat(failure(preprod.with(it -> it.host = poor.settings()), sha))
                    .contains("docker does not work on ")
                    .contains("permission denied to the socket")
                    .endsWith("and that the user may use it (group docker).");
        }
    }

    /** Starts a host whose programs are links to this machine's, with a change to them; {@code $2} is the name. */
    private static SshServer withPath(String name, String change) {
        Path programs = root.resolve("programs-" + name);
        Tool.run(
                root,
                "sh",
                "-c",
                "mkdir \"$1\"; cd \"$1\"; IFS=:; for d in $PATH; do ln -s \"$d\"/* . 2>/dev/null; done; unset IFS; "
                        + change,
                "sh",
                programs.toString(),
                name);
        return SshServer.start(root.resolve("sshd-" + name), preprod.stack.home(), programs.toString());
    }

    private static String refused(UnaryOperator<String> change) throws Exception {
        Tool.run(preprod.stack.work(), "git", "reset", "-q", "--hard", preprod.first());
        DeployResult result = preprod.deploy(preprod.commitCompose(change));
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error()).doesNotContain("\n");
        return result.error();
    }

    private static String failure(Environment environment, String sha) throws InterruptedException {
        try {
            DeployResult result = preprod.deploy(environment, sha);
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
            return result.error();
        } catch (DeployFirstException e) {
            assertThat(e.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
            return e.getMessage();
        }
    }

    private static DeployFirstException refusal(String sha) {
        DeployFirstException refusal = catchThrowableOfType(DeployFirstException.class, () -> preprod.deploy(sha));
        assertThat(refusal.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(refusal).hasMessageNotContaining("\n");
        return refusal;
    }

    private static String containers() {
        return preprod.startedAt("web") + preprod.startedAt("worker");
    }
}
