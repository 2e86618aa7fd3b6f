package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.ScriptedChecks;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a rollback goes, and when it refuses to go anywhere. */
class RollbackTest extends OnPreprod {
    @Test
    void itGoesToTheLastValidatedReleaseAndNotToThePreviousOne() throws Exception {
        String validated = fetched("validated");
        Tool.write(preprod.stack.stateFile(), validated);
        preprod.makeLive(preprod.stack.release("between"));
        String live = preprod.stack.release("live");
        preprod.deploy(live);

        RollbackResult result = rollback("");

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.toMap())
                .containsEntry("environment", preprod.stack.name())
                .containsEntry("sha", validated)
                .containsEntry("previousSha", live)
                .containsEntry("superseded", false)
                .containsEntry("healthy", true);
        assertThat(result.commits()).extracting(Commit::sha).containsExactly(validated, live);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, validated");
        assertThat(preprod.stack.live()).isEqualTo(validated);
        assertThat(preprod.events()).endsWith("rollback.started", "rollback.succeeded");
        assertThat(preprod.lastEntry().fields())
                .containsEntry("sha", validated)
                .containsEntry("previousSha", live)
                .containsEntry("by", "grace")
                .containsEntry("reason", "asked for by hand");
        assertThat(preprod.messages.get(preprod.messages.size() - 1).kind()).isEqualTo(Message.Kind.ROLLED_BACK);
        assertThat(preprod.isFree()).isTrue();
        assertThat(preprod.holder()).isEmpty();
    }

    @Test
    void itGoesToAGivenReleaseThatMayBeAbbreviated() throws Exception {
        String given = fetched("given");
        Tool.write(preprod.stack.stateFile(), preprod.first());
        preprod.makeLive(preprod.stack.release("live"));

        RollbackResult result = rollback(given.substring(0, 9).toUpperCase(Locale.ROOT));

        assertThat(result.sha()).isEqualTo(given);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, given");
        assertThat(preprod.stack.stateFile()).hasContent(preprod.first());
    }

    @Test
    void untilAReleaseIsValidatedItGoesToWhatWasLiveBeforeTheFirstDeployment() throws Exception {
        preprod.makeLive(preprod.stack.release("release 2"));
        preprod.deploy(preprod.stack.release("release 3"));

        assertThat(rollback("").sha()).isEqualTo(preprod.first());
        assertThat(preprod.told())
                .contains("No release was ever validated; going back to what was live before the first deployment.");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void aHostThatRemembersNothingIsLeftAsItIs() {
        String web = preprod.startedAt("web");

        DeployFirstException refusal = refusal("");

        assertThat(refusal.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(refusal)
                .hasMessage(preprod.stack.name()
                        + " has no rollback point: no release was ever validated, and the journal is empty. Name the"
                        + " release to return to (--to, or the parameter to).");
        assertThat(preprod.startedAt("web")).isEqualTo(web);
        assertThat(preprod.events()).isEmpty();
        assertThat(preprod.isFree()).isTrue();
    }

    @Test
    void aReleaseThatIsLiveAlreadyOrUnknownChangesNothing() {
        assertThat(refusal(preprod.first()))
                .hasMessageContaining("already runs " + preprod.first() + ", the release to go back to.")
                .extracting(DeployFirstException::outcome)
                .isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(refusal("0123456789".repeat(4)))
                .hasMessageContaining("sha: no such commit in " + preprod.stack.checkout())
                .extracting(DeployFirstException::outcome)
                .isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "", " \r\n", "garbage", "deadbeef", "\0\377\376\001\0", "<<<<<<< HEAD"})
    void aDamagedOrMissingFileIsRecoveredFromTheJournal(String text) throws Exception {
        String validated = fetched("validated");
        Tool.write(preprod.stack.journal(), """
                {"time":"2026-01-01T00:00:00Z","event":"deploy.started","sha":"%1$s","previousSha":"%2$s"}
                {"time":"2026-01-01T00:00:01Z","event":"deploy.succeeded","sha":"%1$s","previousSha":"%2$s"}
                {"time":"2026-01-01T00:00:02Z","event":"validated","sha":"%1$s"}
                {"time":"2026-01-01T00:00:03Z","event":"validated","sha":"%2$s","current":"no"}
                """.formatted(validated, preprod.first()));
        if (!text.equals("missing")) {
            Files.write(preprod.stack.stateFile(), text.getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(preprod.flows().status().validated().sha()).isEqualTo(validated);
    }

    @Test
    void aRollbackFollowsTheJournalWhereTheFileIsDamaged() throws Exception {
        String validated = preprod.stack.release("validated");
        preprod.makeLive(validated);
        settle(validated);
        preprod.makeLive(preprod.stack.release("live"));
        Tool.write(preprod.stack.stateFile(), "not a commit");

        assertThat(rollback("").sha()).isEqualTo(validated);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, validated");
    }

    @Test
    void whereFileAndJournalAreBothDamagedNothingIsGuessed() throws Exception {
        String live = preprod.stack.release("live");
        preprod.makeLive(live);
        Tool.write(preprod.stack.stateFile(), "not a commit");
        String web = preprod.startedAt("web");
        String journal = Tool.read(preprod.stack.journal());

        assertThat(refusal(""))
                .hasMessageContaining(
                        "the validated SHA's file holds \"notacommit\", and the journal names no release.")
                .extracting(DeployFirstException::outcome)
                .isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(preprod.stack.live()).isEqualTo(live);
        assertThat(preprod.startedAt("web")).isEqualTo(web);
        assertThat(Tool.read(preprod.stack.journal())).isEqualTo(journal);

        preprod.ciServer = Optional.of(ScriptedChecks.of("tests=bad"));
        WatchResult watched = preprod.flows().watch(new CommitSha(live)).get();
        assertThat(watched.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(watched.error()).startsWith("CI failed: tests (bad).").endsWith(" was not taken back.");
        assertThat(preprod.stack.live()).isEqualTo(live);
        assertThat(preprod.lastEntry().get("event")).isEqualTo("not-validated");
        assertThat(preprod.messages.get(preprod.messages.size() - 1).kind()).isEqualTo(Message.Kind.FAILED);
    }

    @Test
    void whatAPersonTookBackIsRefusedUntilItIsAskedForOrItsCiSucceeds() throws Exception {
        String sha = preprod.stack.release("taken back");
        preprod.makeLive(sha);
        rollback("");
        preprod.ciServer = Optional.of(ScriptedChecks.of("tests=ok"));

        DeployFirstException refusal = catchThrowableOfType(DeployFirstException.class, () -> preprod.deploy(sha));
        assertThat(refusal).hasMessageContaining("asked for by hand").hasMessageContaining("redeployRejected");
        assertThat(refusal.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());

        settle(sha);
        assertThat(preprod.deploy(sha).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void whoeverTakesBackTheLastValidatedReleaseNamesTheNewRollbackPoint() throws Exception {
        String good = fetched("good");
        preprod.deploy(good);
        settle(good);
        String bad = fetched("bad, as people find");
        preprod.deploy(bad);
        settle(bad);

        rollback(good);

        assertThat(preprod.lines)
                .contains(new CommitSha(good).abbreviated() + " is what a rollback returns to from now on.");
        assertThat(preprod.flows().status().validated().sha()).isEqualTo(good);
        Tool.run(root, "rm", preprod.stack.stateFile().toString());
        assertThat(preprod.flows().status().validated().sha()).isEqualTo(good);
    }

    @Test
    void aMigrationThatCannotBeTakenBackDoesNotKeepTheReleaseLive() throws Exception {
        Environment environment =
                preprod.with(it -> it.migrate("echo up", "exec >&2; echo down; echo 'no way back'; exit 1"));
        preprod.deploy(environment, preprod.stack.release("migrated"));

        RollbackResult result = preprod.flows(environment).rollback(RollbackRequest.byHand(Optional.empty()));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.output).containsSubsequence("up", "down");
        assertThat(preprod.told())
                .contains("The migration was not taken back; the old code goes live all the same.")
                .contains("no way back");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, release 1");
    }

    /** A release that the host has at hand without running it. */
    private static String fetched(String text) {
        String sha = preprod.stack.release(text);
        preprod.host("git fetch -q");
        return sha;
    }

    private static void settle(String sha) throws InterruptedException {
        CiResult success = new CiResult(Verdict.SUCCESS, List.of(), "All checks succeeded.");
        preprod.flows().settle(new CommitSha(sha), success, Instant.now());
    }

    private static RollbackResult rollback(String to) throws InterruptedException {
        Optional<CommitSha> target = to.isEmpty() ? Optional.empty() : Optional.of(new CommitSha(to));
        return preprod.flows().rollback(RollbackRequest.byHand(target));
    }

    private static DeployFirstException refusal(String to) {
        return catchThrowableOfType(DeployFirstException.class, () -> rollback(to));
    }
}
