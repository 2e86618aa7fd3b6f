package io.jenkins.plugins.deployfirst.engine.deploy;

import static io.jenkins.plugins.deployfirst.engine.deploy.Preprod.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.ScriptedChecks;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Deployments that go well, over a real sshd with real git and Docker. */
class DeployTest extends OnPreprod {
    @Test
    void aGoodCommitGoesLive() throws Exception {
        String sha = preprod.stack.release("release 2");

        DeployResult result = preprod.deploy(sha);

        assertThat(result.error()).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 2");
        assertThat(preprod.stack.live()).isEqualTo(sha);
        assertThat(names(result.phases()))
                .containsExactly("connect", "lock", "fetch", "compose config", "reset", "restart", "gate", "journal");
        assertThat(result.toMap())
                .containsEntry("environment", preprod.stack.name())
                .containsEntry("sha", sha)
                .containsEntry("previousSha", preprod.first())
                .containsEntry("lastValidatedSha", "")
                .containsEntry("rolledBackTo", "")
                .containsEntry("healthy", true)
                .containsKeys("durationMillis", "phases");
        assertThat(result.commits()).extracting(Commit::sha).containsExactly(sha, preprod.first());
        assertThat(result.commits().get(0))
                .isEqualTo(new Commit(
                        sha,
                        preprod.host("git log -1 --format=%an"),
                        "Say release 2",
                        preprod.host("git log -1 --format=%cI")));
        assertThat(result.toMap().get("commits").toString()).startsWith("{" + sha + "={author=");
        assertThat(preprod.isFree()).isTrue();
        assertThat(preprod.holder()).isEmpty();
        assertThat(preprod.host("git rev-parse refs/deploy-first/" + preprod.stack.name() + "/live"))
                .isEqualTo(sha);
    }

    @Test
    void theJournalTellsTheDeploymentAndItsRollbackPoint() throws Exception {
        String sha = preprod.stack.release("release 2");

        preprod.deploy(sha);

        assertThat(preprod.events()).containsExactly("deploy.started", "deploy.succeeded");
        JournalEntry started = preprod.journal().get(0);
        assertThat(started.fields())
                .containsEntry("by", "grace")
                .containsEntry("build", "https://ci.example.com/42")
                .containsEntry("sha", sha)
                .containsEntry("previousSha", preprod.first())
                .containsEntry("author", "Ada Lovelace")
                .containsEntry("subject", "Say release 2")
                .containsEntry("rollbackPoint", preprod.first())
                .containsEntry("provisional", "yes");
    }

    @Test
    void onlyTheUserThatDeploysMayReadTheState() throws Exception {
        preprod.deploy(preprod.stack.release("release 2"));

        try (var files = Files.walk(preprod.stack.stateDirectory())) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
        assertThat(preprod.host("cd " + preprod.stack.stateDirectory() + " && ls"))
                .isEqualTo("compose\njournal.jsonl\nsaved");
    }

    @Test
    void containersAreRestartedByDockerItselfWhenTheComposeFileIsTheSame() throws Exception {
        preprod.deploy(preprod.stack.release("release 2"));
        String web = preprod.stack.container("web");
        String worker = preprod.startedAt("worker");

        DeployResult result = preprod.deploy(preprod.stack.release("release 3"));

        assertThat(names(result.phases()))
                .containsExactly("connect", "lock", "fetch", "reset", "restart", "gate", "journal");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 3");
        assertThat(preprod.stack.container("web")).isEqualTo(web);
        assertThat(preprod.startedAt("worker")).isNotEqualTo(worker);
    }

    @Test
    void theValidatedShaOfAnExistingSetUpIsTakenWhateverItsWhiteSpace() throws Exception {
        Tool.write(preprod.stack.stateFile(), "  " + preprod.first().toUpperCase(java.util.Locale.ROOT) + " \r\n\r\n");

        DeployResult result = preprod.deploy(preprod.stack.release("release 2"));

        assertThat(result.lastValidatedSha()).isEqualTo(preprod.first());
        assertThat(preprod.journal().get(0).fields())
                .containsEntry("rollbackPoint", preprod.first())
                .doesNotContainKey("provisional");
    }

    @Test
    void theRollbackPointStaysWhatWasLiveBeforeTheFirstDeploymentUntilAReleaseIsValidated() throws Exception {
        preprod.deploy(preprod.stack.release("release 2"));

        preprod.deploy(preprod.stack.release("release 3"));

        assertThat(preprod.journal().get(2).fields())
                .containsEntry("event", "deploy.started")
                .containsEntry("rollbackPoint", preprod.first())
                .containsEntry("provisional", "yes");
    }

    @Test
    void theSameCommitCanBeDeployedTwice() throws Exception {
        String sha = preprod.stack.release("release 2");
        preprod.deploy(sha);
        String web = preprod.startedAt("web");

        DeployResult result = preprod.deploy(sha);

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.previousSha()).isEqualTo(sha);
        assertThat(preprod.startedAt("web")).isNotEqualTo(web);
    }

    @Test
    void anAbbreviatedShaIsResolvedOnTheHost() throws Exception {
        String sha = preprod.stack.release("release 2");

        DeployResult result = preprod.deploy(sha.substring(0, 8).toUpperCase(java.util.Locale.ROOT));

        assertThat(result.sha()).isEqualTo(sha);
        assertThat(preprod.lastEntry().sha()).isEqualTo(sha);
        assertThat(preprod.stack.live()).isEqualTo(sha);
    }

    @Test
    void aBranchThatIsNamedLikeTheCommitIsNotTheCommit() throws Exception {
        String sha = preprod.stack.release("release 2");
        preprod.stack.release("release 3");
        String looksLikeIt = sha.substring(0, 7);
        Tool.run(preprod.stack.work(), "git", "push", "-q", "origin", "HEAD:refs/heads/" + looksLikeIt);
        preprod.host("git fetch -q && git branch -q " + looksLikeIt + " origin/" + looksLikeIt);
        try {
            assertThat(preprod.deploy(looksLikeIt).sha()).isEqualTo(sha);
        } finally {
            Tool.run(preprod.stack.work(), "git", "push", "-q", "origin", ":refs/heads/" + looksLikeIt);
            preprod.host("git branch -q -D " + looksLikeIt);
        }
    }

    @Test
    void awkwardCommitMessagesAreOnlyText() throws Exception {
        String subject = "It's \"$(touch /tmp/deploy-first-was-here)\" `id` \\n %s 🚀 \u001b[31mred\u202e "
                + "very ".repeat(300) + "long";

        String sha = preprod.stack.commit(subject, Map.of("index.html", "Welcome, text"));
        DeployResult result = preprod.deploy(sha);

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.journal().get(0).get("subject"))
                .startsWith("It's \"$(touch /tmp/deploy-first-was-here)\" `id` \\n %s 🚀 [31mred very very")
                .endsWith("…")
                .hasSizeLessThanOrEqualTo(500);
        assertThat(Path.of("/tmp/deploy-first-was-here")).doesNotExist();
        assertThat(preprod.messages)
                .extracting(Message::subject)
                .containsOnly(preprod.journal().get(0).get("subject"));
    }

    @Test
    void peopleAreToldWhatStartsAndWhatIsLive() throws Exception {
        preprod.ciServer = Optional.of(ScriptedChecks.of("build=run"));
        String sha = preprod.stack.release("release 2");

        preprod.deploy(sha);

        assertThat(preprod.messages)
                .extracting(Message::kind)
                .containsExactly(Message.Kind.STARTED, Message.Kind.DEPLOYED);
        Message deployed = preprod.messages.get(1);
        assertThat(deployed.sha()).isEqualTo(sha);
        assertThat(deployed.author()).isEqualTo("Ada Lovelace");
        assertThat(deployed.next()).isEqualTo("CI verification in progress.");
        assertThat(deployed.url()).isEqualTo(preprod.stack.url());
        assertThat(deployed.links())
                .extracting(Message.Link::url)
                .containsExactly("https://ci.example.com/commit/" + sha, "https://ci.example.com/42");
    }

    @Test
    void notifiersThatFailOrHangOrThrowNeitherFailNorDelayTheDeployment() throws Exception {
        preprod.notifiers = List.of(
                message -> CompletableFuture.failedFuture(new IllegalStateException("Discord is down")),
                message -> new CompletableFuture<>(),
                message -> {
                    throw new IllegalStateException("a notifier is broken");
                });

        DeployResult result = preprod.deploy(preprod.stack.release("release 2"));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.lines)
                .contains(
                        "A notification was not delivered: Discord is down",
                        "A notification was not delivered: a notifier is broken");
    }

    @Test
    void aRejectedReleaseIsRefusedWithReasonAndLink() throws Exception {
        String sha = rejected();
        String live = preprod.stack.live();

        assertThatThrownBy(() -> preprod.deploy(sha.substring(0, 10)))
                .isInstanceOfSatisfying(
                        DeployFirstException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED))
                .hasMessageContaining("was rolled back on " + preprod.stack.name())
                .hasMessageContaining("CI failed: tests (bad).")
                .hasMessageContaining("https://ci.example.com/commit/" + sha)
                .hasMessageEndingWith("or set redeployRejected to deploy it all the same.");
        assertThat(preprod.stack.live()).isEqualTo(live);
        assertThat(preprod.holder()).isEmpty();
    }

    @Test
    void aRejectedReleaseIsDeployedWhenThatIsAskedFor() throws Exception {
        String sha = rejected();

        DeployResult result = preprod.flows().deploy(new DeployRequest(new CommitSha(sha), true));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.stack.live()).isEqualTo(sha);
    }

    @Test
    void aRejectedReleaseIsDeployedWhenItsCiSucceedsNow() throws Exception {
        String sha = rejected();
        preprod.ciServer = Optional.of(ScriptedChecks.of("tests=ok"));

        assertThat(preprod.deploy(sha).outcome()).isEqualTo(Outcome.DONE);
    }

    /** A release that was live and whose CI failed. */
    private static String rejected() throws Exception {
        String sha = preprod.stack.release("rejected release");
        preprod.deploy(sha);
        preprod.ciServer = Optional.of(ScriptedChecks.of("tests=bad"));
        WatchResult watched = preprod.flows().watch(new CommitSha(sha)).get();
        assertThat(watched.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        return sha;
    }

    @Test
    void theMachineOfTheEngineItselfIsAHostToo() throws Exception {
        String sha = preprod.stack.release("release 2");
        Path state = Path.of(System.getenv("HOME"), ".deploy-first", preprod.stack.name());
        try {
            DeployResult result = preprod.deploy(preprod.with(it -> it.host = new HostSettings.Local()), sha);

            assertThat(result.error()).isEmpty();
            assertThat(result.outcome()).isEqualTo(Outcome.DONE);
            assertThat(preprod.stack.page()).isEqualTo("Welcome, release 2");
            assertThat(state.resolve("journal.jsonl")).isNotEmptyFile();
        } finally {
            Tool.run(root, "rm", "-rf", state.toString());
        }
    }
}
