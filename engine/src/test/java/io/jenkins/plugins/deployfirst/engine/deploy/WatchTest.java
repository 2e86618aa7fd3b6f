package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules.OnNoVerdict;
import io.jenkins.plugins.deployfirst.engine.ci.ScriptedChecks;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.testing.ComposeProject;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every verdict of CI does to a host that runs the watched release. */
class WatchTest extends OnPreprod {
    private static final String LINK = "https://ci.example.com/job/7";

    @Test
    void aSuccessMakesTheReleaseTheRollbackPoint() throws Exception {
        String sha = preprod.stack.release("good");
        preprod.deploy(sha);
        String web = preprod.startedAt("web");
        preprod.messages.clear();

        WatchResult result = watch(preprod.environment(), sha, "build=ok", "tests=ok", "docs=skip");

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.toMap())
                .containsEntry("verdict", "SUCCESS")
                .containsEntry("sha", sha)
                .containsEntry("rolledBackTo", "");
        assertThat(result.commits()).extracting(Commit::sha).containsExactly(sha);
        assertThat(result.error()).isEmpty();
        assertThat(preprod.stack.stateFile()).hasContent(sha + "\n");
        assertThat(preprod.lastEntry().fields())
                .containsEntry("event", "validated")
                .containsEntry("sha", sha)
                .containsEntry("by", "grace")
                .containsEntry("build", "https://ci.example.com/42")
                .containsKey("ciSeconds");
        assertThat(preprod.host("git rev-parse refs/deploy-first/" + preprod.stack.name() + "/validated"))
                .isEqualTo(sha);
        assertThat(preprod.messages).extracting(Message::kind).containsExactly(Message.Kind.VALIDATED);
        assertThat(preprod.startedAt("web")).isEqualTo(web);
        assertThat(preprod.isFree()).isTrue();
    }

    @Test
    void aFailureTakesTheHostBackAndTellsTheFailedChecksWithTheirLinks() throws Exception {
        String good = validated("good");
        String bad = preprod.stack.release("bad");
        preprod.deploy(bad);

        WatchResult result = watch(preprod.environment(), bad, "build=ok", "tests=bad@" + LINK, "slow=run");

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(result.rolledBackTo()).isEqualTo(good);
        assertThat(result.error()).isEqualTo("CI failed: tests (bad).");
        assertThat(result.checks())
                .extracting(Check::name, Check::state, Check::url)
                .contains(tuple("tests", Check.State.FAILED, LINK));
        assertThat(preprod.stack.live()).isEqualTo(good);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, good");
        assertThat(preprod.events()).endsWith("deploy.succeeded", "rollback.started", "rollback.succeeded");
        assertThat(preprod.journal().get(preprod.journal().size() - 2).fields())
                .containsEntry("sha", good)
                .containsEntry("previousSha", bad)
                .containsEntry("rejected", bad)
                .containsEntry("cause", "ci")
                .containsEntry("ci", LINK)
                .containsEntry("reason", "CI failed: tests (bad).");
        assertThat(preprod.lines).contains("CI: tests: bad " + LINK);
        Message told = preprod.messages.get(preprod.messages.size() - 1);
        assertThat(told.kind()).isEqualTo(Message.Kind.ROLLED_BACK);
        assertThat(told.links())
                .extracting(Message.Link::text, Message.Link::url)
                .contains(tuple("tests: bad", LINK));
        assertThat(preprod.stack.stateFile()).hasContent(good);
        assertThat(preprod.isFree()).isTrue();
    }

    @Test
    void whyACheckFailedIsInTheResultTheLogAndTheMessage() throws Exception {
        validated("good");
        String bad = preprod.stack.release("bad");
        preprod.deploy(bad);
        preprod.ciServer = Optional.of(
                ScriptedChecks.of("tests=bad@" + LINK).explaining("tests", "Run npm test", "$ npm test", "1 failed"));

        WatchResult result =
                preprod.flows(preprod.environment()).watch(new CommitSha(bad)).get();

        assertThat(result.toMap().get("checks"))
                .isEqualTo(List.of(Map.of(
                        "name", "tests",
                        "state", "FAILED",
                        "conclusion", "bad",
                        "url", LINK,
                        "step", "Run npm test",
                        "log", List.of("$ npm test", "1 failed"))));
        assertThat(preprod.lines)
                .containsSequence(
                        "CI: tests, step Run npm test: the end of its log:", "    $ npm test", "    1 failed");
        Message told = preprod.messages.get(preprod.messages.size() - 1);
        assertThat(told.log()).containsExactly("$ npm test", "1 failed");
        assertThat(told.links()).extracting(Message.Link::text).contains("tests: bad (Run npm test)");
    }

    @Test
    void aCiServerThatNeverExplainsItselfHoldsNoRollbackUp() throws Exception {
        String good = validated("good");
        String bad = preprod.stack.release("bad");
        preprod.deploy(bad);
        preprod.ciServer = Optional.of(ScriptedChecks.of("tests=bad").explainingForEver());

        WatchResult result =
                preprod.flows(preprod.environment()).watch(new CommitSha(bad)).get();

        assertThat(result.rolledBackTo()).isEqualTo(good);
        assertThat(result.details()).isEmpty();
    }

    @Test
    void aRollbackWhoseEndNobodyHeardOfIsNotDoneTwice() throws Exception {
        String good = validated("good");
        String bad = preprod.stack.release("bad");
        preprod.deploy(bad);
        watch(preprod.environment(), bad, "tests=bad");
        String web = preprod.startedAt("web");
        String journal = Tool.read(preprod.stack.journal());

        WatchResult again = watch(preprod.environment(), bad, "tests=bad");

        assertThat(again.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(again.rolledBackTo()).isEqualTo(good);
        assertThat(preprod.startedAt("web")).isEqualTo(web);
        assertThat(Tool.read(preprod.stack.journal())).isEqualTo(journal);
    }

    @ParameterizedTest
    @EnumSource(names = {"ABSENT", "TIMEOUT"})
    void withoutAVerdictTheReleaseIsKeptOrTakenBackAsTheRulesSay(Verdict verdict) throws Exception {
        String good = validated("good");
        String sha = preprod.stack.release("unclear");
        preprod.deploy(sha);
        String[] checks = verdict == Verdict.ABSENT ? new String[0] : new String[] {"build=ok", "tests=run"};

        WatchResult kept =
                watch(preprod.with(it -> it.noVerdict(OnNoVerdict.KEEP, Duration.ofMillis(300))), sha, checks);
        assertThat(kept.outcome()).isEqualTo(Outcome.NO_VERDICT);
        assertThat(kept.verdict()).isEqualTo(verdict);
        assertThat(kept.error()).isNotEmpty().doesNotContain("\n");
        assertThat(preprod.stack.live()).isEqualTo(sha);
        assertThat(preprod.stack.stateFile()).hasContent(good);
        assertThat(preprod.lastEntry().fields())
                .containsEntry("event", "not-validated")
                .containsEntry("sha", sha)
                .containsEntry("verdict", verdict.name())
                .containsEntry("reason", kept.error());
        assertThat(preprod.messages.get(preprod.messages.size() - 1))
                .returns(Message.Kind.NO_VERDICT, Message::kind)
                .returns(sha.substring(0, 7) + " stays live, not validated.", Message::next);

        WatchResult back =
                watch(preprod.with(it -> it.noVerdict(OnNoVerdict.ROLLBACK, Duration.ofMillis(300))), sha, checks);
        assertThat(back.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(back.verdict()).isEqualTo(verdict);
        assertThat(back.rolledBackTo()).isEqualTo(good);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, good");
    }

    @Test
    void aRollbackThatIsNotHealthyEitherNeedsAPersonAndTellsTheCommands() throws Exception {
        String broken = preprod.stack.commit("Break it", Map.of("index.html", "Broken"));
        preprod.host("git fetch -q");
        Tool.write(preprod.stack.stateFile(), broken);
        String sha = preprod.stack.release("well again");
        Environment quick = preprod.with(it ->
                it.timing(new GateTiming(Duration.ofMillis(500), 1, Duration.ofMillis(100), Duration.ofSeconds(2))));
        preprod.deploy(quick, sha);

        WatchResult result = watch(quick, sha, "tests=bad");

        assertThat(result.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(result.error())
                .startsWith("CI failed: tests (bad).")
                .contains("to " + broken + " failed: it is not healthy either")
                .doesNotContain("\n");
        assertThat(preprod.told())
                .contains("A person is needed.")
                .contains("ssh -p " + preprod.server.port() + " ")
                .contains("cd " + preprod.stack.checkout())
                .contains(ComposeProject.command() + " -f docker-compose.yml -p " + preprod.stack.project()
                        + " logs --tail 100")
                .contains("git reset --hard " + broken);
        assertThat(preprod.lastEntry().get("event")).isEqualTo("rollback.failed");
        assertThat(preprod.messages.get(preprod.messages.size() - 1).kind()).isEqualTo(Message.Kind.FAILED);
        assertThat(preprod.host("docker inspect -f '{{.State.Running}}' " + preprod.stack.container("web")))
                .isEqualTo("true");
        assertThat(preprod.isFree()).isTrue();
    }

    /** A release that is the rollback point, and that the host has at hand without running it. */
    private static String validated(String text) {
        String sha = preprod.stack.release(text);
        preprod.host("git fetch -q");
        Tool.write(preprod.stack.stateFile(), sha);
        return sha;
    }

    private static WatchResult watch(Environment environment, String sha, String... checks) throws Exception {
        preprod.ciServer = Optional.of(ScriptedChecks.of(checks));
        return preprod.flows(environment).watch(new CommitSha(sha)).get();
    }
}
