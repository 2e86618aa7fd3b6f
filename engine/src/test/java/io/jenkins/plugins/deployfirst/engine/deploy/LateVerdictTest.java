package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Verdicts that come when the watched release is not live any more. */
class LateVerdictTest extends OnPreprod {
    private static final CiResult SUCCESS = new CiResult(Verdict.SUCCESS, List.of(), "All checks succeeded.");
    private static final CiResult FAILURE = new CiResult(Verdict.FAILURE, List.of(), "A check failed.");

    @Test
    void aFailureOfAReleaseThatIsLiveNoMoreLeavesTheNewerOneAlone() throws Exception {
        String older = preprod.stack.release("older");
        preprod.makeLive(older);
        String newer = preprod.stack.release("newer");
        preprod.makeLive(newer);
        String web = preprod.startedAt("web");

        WatchResult result = settle(older, FAILURE);

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.verdict()).isEqualTo(Verdict.SUPERSEDED);
        assertThat(result.rolledBackTo()).isEmpty();
        assertThat(preprod.stack.live()).isEqualTo(newer);
        assertThat(preprod.startedAt("web")).isEqualTo(web);
        assertThat(preprod.lastEntry().fields())
                .containsEntry("event", "superseded")
                .containsEntry("sha", older)
                .containsEntry("live", newer);
    }

    @Test
    void aLateSuccessMovesTheRollbackPointForwardsOnly() throws Exception {
        String older = preprod.stack.release("older");
        preprod.makeLive(older);
        String newer = preprod.stack.release("newer");
        preprod.makeLive(newer);
        String web = preprod.startedAt("web");

        assertThat(settle(older, SUCCESS).outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.stack.stateFile()).hasContent(older);
        assertThat(preprod.stack.live()).isEqualTo(newer);
        assertThat(preprod.startedAt("web")).isEqualTo(web);

        settle(newer, SUCCESS);
        assertThat(settle(older, SUCCESS).outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.stack.stateFile()).hasContent(newer);
        assertThat(preprod.lastEntry().fields())
                .containsEntry("event", "validated")
                .containsEntry("sha", older)
                .containsEntry("current", "no");
        Files.delete(preprod.stack.stateFile());
        assertThat(preprod.flows().status().validated().sha()).isEqualTo(newer);
    }

    @Test
    void aLateSuccessBesideTheLineOfTheRollbackPointDoesNotMoveIt() throws Exception {
        String validated = rollbackPoint("validated");
        Tool.run(preprod.stack.work(), "git", "reset", "-q", "--hard", preprod.first());
        String beside = preprod.stack.release("beside");
        preprod.makeLive(beside);
        String live = preprod.stack.release("live");
        preprod.makeLive(live);

        assertThat(settle(beside, SUCCESS).outcome()).isEqualTo(Outcome.DONE);

        assertThat(preprod.stack.stateFile()).hasContent(validated);
        assertThat(preprod.lastEntry().fields()).containsEntry("sha", beside).containsEntry("current", "no");
        assertThat(preprod.stack.live()).isEqualTo(live);
        assertThat(preprod.told())
                .contains("A newer release is validated already; the rollback point stays what it was.");
    }

    @Test
    void aReleaseThatAPersonTookBackDoesNotBecomeTheRollbackPointByALateSuccess() throws Exception {
        String good = rollbackPoint("good");
        String refused = preprod.stack.release("refused");
        preprod.makeLive(refused);
        preprod.flows().rollback(RollbackRequest.byHand(Optional.empty()));

        settle(refused, SUCCESS);
        settle(refused, SUCCESS);

        assertThat(preprod.stack.live()).isEqualTo(good);
        assertThat(preprod.stack.stateFile()).hasContent(good);
        assertThat(preprod.lastEntry().fields())
                .containsEntry("event", "validated")
                .containsEntry("current", "no");
    }

    /** A release that is the rollback point, and that the host has at hand without running it. */
    private static String rollbackPoint(String text) {
        String sha = preprod.stack.release(text);
        preprod.host("git fetch -q");
        Tool.write(preprod.stack.stateFile(), sha);
        return sha;
    }

    private static WatchResult settle(String sha, CiResult verdict) throws InterruptedException {
        return preprod.flows().settle(new CommitSha(sha), verdict, Instant.now());
    }
}
