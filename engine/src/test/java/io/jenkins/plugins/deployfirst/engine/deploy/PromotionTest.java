package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.testing.ComposeProject;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From one environment to another one, on a real host. */
@ExtendWith(RealHost.class)
class PromotionTest {
    private static final FreezeWindows ALWAYS = new FreezeWindows(List.of(FreezeWindows.Window.of(
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00", "23:59", "UTC")));

    @TempDir
    static Path root;

    @TempDir
    static Path prodRoot;

    private static Preprod preprod;
    private static Prod prod;

    @BeforeAll
    static void start() {
        preprod = Preprod.start(root);
        prod = Prod.beside(preprod, prodRoot);
    }

    @AfterAll
    static void end() {
        prod.close();
        preprod.close();
    }

    @BeforeEach
    void startAnew() {
        prod.startAnew();
    }

    @Test
    void theLastValidatedReleaseGoesOnAfterABackup() throws Exception {
        String sha = validated("release 2");
        preprod.makeLive(preprod.stack.release("not validated yet"));
        Environment to = prod.with("git rev-parse HEAD > saved-by-backup; echo; echo /backups/7.dump", ALWAYS);

        PromotionResult result = promote(to, Optional.empty(), "DEPLOY", "the site is down");

        assertThat(result.error()).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(prod.stack.page()).isEqualTo("Welcome, release 2");
        assertThat(Tool.read(prod.stack.checkout().resolve("saved-by-backup"))).isEqualTo(prod.first());
        assertThat(Tool.read(prod.stack.stateFile())).isEqualTo(sha);
        assertThat(result.toMap())
                .containsEntry("from", preprod.stack.name())
                .containsEntry("to", prod.stack.name())
                .containsEntry("sha", sha)
                .containsEntry("previousSha", prod.first())
                .containsEntry("lastValidatedSha", sha)
                .containsEntry("backup", "/backups/7.dump")
                .containsEntry("healthy", true)
                .containsEntry("rolledBack", false);
        assertThat(result.toMap().get("phases").toString())
                .containsSubsequence(
                        "validated", "connect", "lock", "fetch", "backup", "reset", "gate", "journal", "validate");
        assertThat(preprod.told())
                .contains("Validated on " + preprod.stack.name() + ": " + sha + " Say release 2")
                .contains("Live on " + prod.stack.name() + ": " + prod.first() + " Add production")
                .contains("Overriding the freeze of " + prod.stack.name());
        assertThat(prod.events()).containsExactly("deploy.started", "deploy.succeeded", "promoted", "validated");
        assertThat(prod.journal().get(0).fields())
                .containsEntry("overrideFreeze", "the site is down")
                .containsEntry("rollbackPoint", prod.first());
        assertThat(prod.journal().get(2).fields())
                .containsEntry("from", preprod.stack.name())
                .containsEntry("sha", sha)
                .containsEntry("previousSha", prod.first())
                .containsEntry("by", "grace")
                .containsEntry("build", "https://ci.example.com/42")
                .containsEntry("backup", "/backups/7.dump")
                .containsEntry("overrideFreeze", "the site is down");
        String way = preprod.stack.name() + " -> " + prod.stack.name();
        assertThat(preprod.messages).extracting(Message::headline).anyMatch(text -> text.endsWith(": " + way + "."));
        assertThat(preprod.messages.get(0).headline())
                .isEqualTo("Promoting " + sha.substring(0, 7) + ": " + way + ", over "
                        + prod.first().substring(0, 7) + ".");
    }

    @Test
    void aReleaseThatWasFoundByWhoeverReachesItsHostGoesOnWithoutThatHost() throws Exception {
        String sha = validated("release 2");
        ValidatedResult found = preprod.flows().validated(Optional.of(new CommitSha(sha.substring(0, 12))));
        Environment outOfReach = preprod.environment()
                .on(new HostSettings.Ssh(
                        Endpoint.parse("address", "nobody@127.0.0.1:1"),
                        new SshLogin.Password("none", "none"),
                        new HostKeys("", Optional.empty(), HostKeys.Policy.STRICT),
                        Optional.empty()));

        PromotionResult result = preprod.flows(prod.environment())
                .promote(new PromotionRequest(
                        outOfReach, Optional.empty(), "DEPLOY", Optional.empty(), false, Optional.of(found)));

        assertThat(found.toMap())
                .containsExactly(
                        entry("environment", preprod.stack.name()),
                        entry("sha", sha),
                        entry("tag", ""),
                        entry("digests", List.of()));
        assertThat(result.error()).isEmpty();
        assertThat(result.toMap()).containsEntry("from", preprod.stack.name()).containsEntry("sha", sha);
        assertThat(prod.stack.live()).isEqualTo(sha);
    }

    @Test
    void aReleaseThatIsNotValidatedIsRefused() throws Exception {
        String first =
                refusal(prod.environment(), Optional.empty(), "DEPLOY", "").getMessage();
        String good = validated("release 2");
        String sha = preprod.stack.release("unknown to CI");
        preprod.makeLive(sha);
        String never =
                refusal(prod.environment(), Optional.of(sha), "DEPLOY", "").getMessage();
        note(
                "{\"event\":\"rollback.started\",\"sha\":\"%s\",\"rejected\":\"%s\",\"cause\":\"ci\",\"reason\":\"CI failed\"}"
                        .formatted(prod.first(), good));
        String rejected = refusal(prod.environment(), Optional.of(good.substring(0, 12)), "DEPLOY", "")
                .getMessage();
        note("{\"event\":\"validated\",\"sha\":\"%s\",\"byHand\":\"yes\"}".formatted(good));
        String byHand =
                refusal(prod.environment(), Optional.empty(), "DEPLOY", "").getMessage();

        assertThat(first).startsWith("No release was ever validated on " + preprod.stack.name() + ".");
        assertThat(never)
                .startsWith("sha: " + sha + " is not validated on " + preprod.stack.name()
                        + ": its CI has not succeeded there.");
        assertThat(rejected).contains(good + " is not validated on ", "it was rolled back there at ", "CI failed");
        assertThat(byHand).contains(good + " is not validated on ", "only a person named it.");
        assertThat(prod.stack.live()).isEqualTo(prod.first());
        assertThat(prod.events()).isEmpty();
    }

    @Test
    void aFileFromBeforeTheJournalBeganIsBelieved() throws Exception {
        String sha = preprod.stack.release("release 2");
        preprod.host("git fetch -q");
        Tool.write(preprod.stack.stateFile(), sha);

        assertThat(promote(prod.environment(), Optional.of(sha.substring(0, 10)), "DEPLOY", "")
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(prod.stack.live()).isEqualTo(sha);
    }

    @Test
    void nothingIsDoneWithoutTheTypedWordOrInAFreezeWithoutAReason() throws Exception {
        validated("release 2");
        preprod.lines.clear();

        DeployFirstException missing = refusal(prod.environment(), Optional.empty(), "", "");
        DeployFirstException lower = refusal(prod.environment(), Optional.empty(), "deploy", "");
        DeployFirstException frozen = refusal(prod.with("", ALWAYS), Optional.empty(), "DEPLOY", " ");
        DeployFirstException same = refusal(preprod.environment(), Optional.empty(), "DEPLOY", "");

        assertThat(missing.outcome()).isEqualTo(Outcome.USAGE);
        assertThat(missing).hasMessageStartingWith("confirm: is missing. Type DEPLOY, in capital letters, to change ");
        assertThat(lower).hasMessageStartingWith("confirm: \"deploy\" is not DEPLOY.");
        assertThat(frozen.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(frozen)
                .hasMessageStartingWith("freeze: nothing is promoted to " + prod.stack.name() + " now (mon, tue, wed,")
                .hasMessageContaining("from 00:00 until 23:59, UTC")
                .hasMessageContaining("--override-freeze");
        assertThat(same.outcome()).isEqualTo(Outcome.USAGE);
        assertThat(preprod.lines).isEmpty();
        assertThat(prod.events()).isEmpty();
        assertThat(prod.stack.live()).isEqualTo(prod.first());
    }

    @Test
    void aBackupThatFailsLeavesEverythingAsItWas() throws Exception {
        String sha = validated("release 2");
        String started = prod.startedAt("web");
        Environment to = prod.with("echo 'no space left' >&2; exit 7", FreezeWindows.NONE);

        PromotionResult result = promote(to, Optional.of(sha), "DEPLOY", "");

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .startsWith("backup: the command failed on ")
                .contains(" with exit status 7: no space left.")
                .endsWith("Mend it; nothing was changed.");
        assertThat(result.backup()).isEmpty();
        assertThat(prod.stack.live()).isEqualTo(prod.first());
        assertThat(prod.startedAt("web")).isEqualTo(started);
        assertThat(prod.events()).containsExactly("deploy.failed");
    }

    @Test
    void aReleaseThatIsNotHealthyThereIsTakenBackToTheOneBefore() throws Exception {
        String good = validated("release 2");
        promote(prod.environment(), Optional.of(good), "DEPLOY", "");
        String live = preprod.stack.release("put live by hand");
        Tool.run(prod.stack.checkout(), "sh", "-c", "git fetch -q && git reset -q --hard " + live);
        String bad = preprod.stack.commit("Break it", Map.of("index.html", "Oops"));
        validate(bad);
        preprod.lines.clear();

        PromotionResult result = promote(prod.environment(), Optional.empty(), "DEPLOY", "");

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.toMap())
                .containsEntry("sha", bad)
                .containsEntry("previousSha", live)
                .containsEntry("rolledBackTo", live)
                .containsEntry("rolledBack", true);
        assertThat(prod.stack.live()).isEqualTo(live);
        assertThat(prod.stack.page()).isEqualTo("Welcome, put live by hand");
        assertThat(Tool.read(prod.stack.stateFile())).isEqualTo(good);
        assertThat(preprod.lines)
                .contains("Going back by itself. Should that be cut off, these commands go to " + live + ":")
                .contains("    git reset --hard " + live)
                .anyMatch(line -> line.startsWith("    ssh -p "))
                .anyMatch(line -> line.startsWith("health: attempt 5 of 5: "));
        assertThat(prod.events()).endsWith("deploy.started", "rollback.started", "rollback.succeeded");
        assertThat(refusal(prod.environment(), Optional.empty(), "DEPLOY", ""))
                .hasMessageContaining("was rolled back on");
    }

    @Test
    void peopleAreToldWhatToTypeWhenItCannotBeTakenBackEither() throws Exception {
        String live = preprod.stack.commit("Break it early", Map.of("index.html", "Oops"));
        Tool.run(prod.stack.checkout(), "sh", "-c", "git fetch -q && git reset -q --hard " + live);
        String bad = preprod.stack.commit("Break it once more", Map.of("index.html", "Oh no"));
        validate(bad);

        PromotionResult result = promote(prod.environment(), Optional.empty(), "DEPLOY", "");

        assertThat(result.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        Message told = preprod.messages.get(preprod.messages.size() - 1);
        assertThat(told.kind()).isEqualTo(Message.Kind.FAILED);
        assertThat(told.next())
                .startsWith("To go to " + live + " by hand: ssh -p ")
                .contains(", and there: cd " + prod.stack.checkout() + " && git reset --hard " + live + " && "
                        + ComposeProject.command() + " -f ");
    }

    @Test
    void aFreezeThatBeganWhileTheLockWasWaitedForCounts() throws Exception {
        String sha = validated("release 2");
        FreezeWindows evening =
                new FreezeWindows(List.of(FreezeWindows.Window.of(List.of("fri"), "16:00", "23:59", "UTC")));
        Instant before = Instant.parse("2026-01-02T15:59:00Z");
        Environment to = prod.with("", evening);

        assertThat(catchThrowableOfType(
                        DeployFirstException.class, () -> promoteAt(to, "", before, before.plusSeconds(120))))
                .hasMessageStartingWith("freeze: nothing is promoted to " + prod.stack.name() + " now (fri from 16:00");
        assertThat(prod.events()).isEmpty();
        assertThat(promoteAt(to, "the site is down", before, before.plusSeconds(120))
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(prod.stack.live()).isEqualTo(sha);
        assertThat(prod.journal().get(0).get("overrideFreeze")).isEqualTo("the site is down");
    }

    /** Promotes while the clock shows one time after the other. */
    private static PromotionResult promoteAt(Environment to, String reason, Instant... times) throws Exception {
        Iterator<Instant> clock = List.of(times).iterator();
        return new PromotionFlow(to, preprod.context(), List.of(), clock::next)
                .run(new PromotionRequest(
                        preprod.environment(), Optional.empty(), "DEPLOY", Optional.of(reason), false));
    }

    private static String validated(String text) throws Exception {
        String sha = preprod.stack.release(text);
        validate(sha);
        return sha;
    }

    /** Leaves preprod as after a deployment whose CI succeeded. */
    private static void validate(String sha) throws Exception {
        preprod.makeLive(sha);
        preprod.flows().settle(new CommitSha(sha), new CiResult(Verdict.SUCCESS, List.of(), ""), Instant.now());
        preprod.messages.clear();
    }

    private static void note(String entry) {
        Tool.write(preprod.stack.journal(), Tool.read(preprod.stack.journal()) + "\n" + entry + "\n");
    }

    private static PromotionResult promote(Environment to, Optional<String> sha, String typed, String reason)
            throws Exception {
        return preprod.flows(to)
                .promote(new PromotionRequest(
                        preprod.environment(), sha.map(CommitSha::new), typed, Optional.of(reason), false));
    }

    private static DeployFirstException refusal(Environment to, Optional<String> sha, String typed, String reason) {
        return catchThrowableOfType(DeployFirstException.class, () -> promote(to, sha, typed, reason));
    }
}
