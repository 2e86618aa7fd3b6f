package io.jenkins.plugins.deployfirst.engine.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the verdict as a table: what two reads show, and what it means. */
class VerdictRulesTest {

    // Each read lists its checks as name=state; "-" is a commit without checks, nothing is a read that did not happen.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing yet                                    |          |        |                | -                      | PENDING
            still nothing on the second read               |          |        | -              | -                      | PENDING
            one pending                                    |          |        |                | build=run              | PENDING
            the first failure ends it                      |          |        |                | build=bad lint=run     | FAILURE
            a failure among successes                      |          |        | a=ok b=ok      | a=ok b=bad             | FAILURE
            a failure before any success                   |          |        | -              | a=bad                  | FAILURE
            one read is not enough                         |          |        |                | build=ok               | PENDING
            two equal reads are                            |          |        | build=ok       | build=ok               | SUCCESS
            a check that started late                      |          |        | build=ok       | build=ok e2e=run       | PENDING
            a check that came late and succeeded           |          |        | build=ok       | build=ok e2e=ok        | PENDING
            a check that went away                         |          |        | a=ok b=ok      | a=ok                   | PENDING
            a job may start when this one ends             |          |        | build=run      | build=ok               | PENDING
            a rerun under way                              |          |        | a=ok b=ok      | a=ok b=run             | PENDING
            skipped ones beside a success                  |          |        | a=ok b=skip    | a=ok b=skip            | SUCCESS
            skipped ones alone                             |          |        | a=skip b=skip  | a=skip b=skip          | PENDING
            a skipped one that started late                |          |        | a=ok           | a=ok b=skip            | PENDING
            named and there: no second read                | build    |        |                | build=ok other=run     | SUCCESS
            a check that is not named may fail             | build    |        |                | build=ok other=bad     | SUCCESS
            the named one fails                            | build    |        |                | build=bad other=ok     | FAILURE
            the named one is pending                       | build    |        | other=ok       | build=run other=ok     | PENDING
            the named one is not there                     | build    |        | other=ok       | other=ok               | PENDING
            one of two named is not there                  | build,e2e|        | build=ok       | build=ok               | PENDING
            both named succeed                             | build,e2e|        |                | build=ok e2e=ok x=run  | SUCCESS
            the named one was skipped                      | build,e2e|        | build=ok e2e=skip | build=ok e2e=skip   | PENDING
            a pattern does not say how many there will be  | test-*   |        |                | test-1=ok              | PENDING
            two equal reads settle a pattern               | test-*   |        | test-1=ok      | test-1=ok x=run        | SUCCESS
            a pattern's second check started late          | test-*   |        | test-1=ok      | test-1=ok test-2=run   | PENDING
            a pattern's check fails                        | test-*   |        |                | test-1=ok test-2=bad   | FAILURE
            a question mark is one character               | test-?   |        | test-1=ok test-10=bad | test-1=ok test-10=bad | SUCCESS
            brackets mean themselves                       | b [x]    |        |                | b_[x]=ok b_x=bad       | SUCCESS
            names are not regular expressions              | a.c      |        |                | abc=ok                 | PENDING
            our own check is ignored while it runs         |          | jenkins| a=ok jenkins=run | a=ok jenkins=run     | SUCCESS
            an ignored check may fail                      |          | lint*  | a=ok lint_1=bad | a=ok lint_1=bad       | SUCCESS
            an ignored check may start late                |          | doc    | a=ok           | a=ok doc=run           | SUCCESS
            ignored checks alone are none                  |          | a*     | a=ok           | a=ok                   | PENDING
            ignored wins over named                        | build*   | build  |                | build=bad              | PENDING
            two of the same name: one pending              | build    |        |                | build=ok build=run     | PENDING
            two of the same name: one failed               |          |        |                | build=bad build=ok     | FAILURE
            skipped CI without checks                      |          |        |                | - skipci               | ABSENT
            skipped CI and our own check                   |          | jenkins|                | jenkins=run skipci     | ABSENT
            skipped CI that ran all the same               |          |        |                | build=run skipci       | PENDING
            """)
    void judges(String what, String checks, String ignored, String previous, String current, String expected) {
        VerdictRules rules = new VerdictRules(rules(names(checks), names(ignored)));

        Optional<CiResult> result =
                rules.judge(Optional.ofNullable(previous).map(VerdictRulesTest::snapshot), snapshot(current));

        assertThat(result.map(CiResult::verdict).map(Enum::name).orElse("PENDING"))
                .isEqualTo(expected);
    }

    @Test
    void aFailureNamesTheChecksAndHowTheyEnded() {
        CiResult result = everything()
                .judge(Optional.empty(), snapshot("build=bad lint=run"))
                .orElseThrow();

        assertThat(result.reason()).isEqualTo("1 check failed: build (bad)");
        assertThat(result.failures()).extracting(Check::name).containsExactly("build");
    }

    @Test
    void manyFailuresAreNotAllNamed() {
        CiResult result = everything()
                .judge(Optional.empty(), snapshot("a=bad b=bad c=bad d=bad e=bad f=bad g=bad"))
                .orElseThrow();

        assertThat(result.reason()).startsWith("7 checks failed: a (bad), ").endsWith("e (bad) and 2 more");
    }

    @Test
    void theNameOfACheckCannotForgeALogLine() {
        CiSnapshot forged =
                new CiSnapshot(List.of(new Check("k", "a\n\u202eERROR", State.FAILED, "failure", "")), false);

        assertThat(everything().judge(Optional.empty(), forged).orElseThrow().reason())
                .isEqualTo("1 check failed: a ERROR (failure)");
    }

    @Test
    void aSuccessSaysHowMany() {
        CiSnapshot read = snapshot("a=ok b=ok c=skip");

        assertThat(everything().judge(Optional.of(read), read).orElseThrow().reason())
                .isEqualTo("2 checks succeeded, 1 skipped or neutral");
    }

    @Test
    void progressSaysWhatIsPending() {
        assertThat(everything().progress(snapshot("a=ok b=run c=skip")))
                .isEqualTo("CI: 2 of 3 checks done, pending: b");
        assertThat(everything().progress(snapshot("-"))).isEqualTo("CI: no check has appeared yet");
        assertThat(new VerdictRules(rules(List.of("a", "z"), List.of())).progress(snapshot("a=ok")))
                .isEqualTo("CI: 1 of 1 checks done, not there yet: z");
    }

    @Test
    void theEndOfTheTimeIsATimeoutWithTheReason() {
        assertThat(everything().overdue(snapshot("a=ok b=run"), true))
                .isEqualTo(new CiResult(
                        Verdict.TIMEOUT,
                        snapshot("a=ok b=run").checks(),
                        "No verdict after 2 min: 1 of 2 checks are pending: b (run)."));
        assertThat(everything().overdue(snapshot("a=skip b=skip"), true).reason())
                .contains("no check has succeeded: all 2 are skipped or neutral");
        assertThat(everything().overdue(snapshot("a=ok"), true).reason()).contains("no second read confirmed it");
        assertThat(everything().overdue(snapshot("-"), true).verdict()).isEqualTo(Verdict.TIMEOUT);
    }

    @Test
    void aCommitThatNeverHadAChecksEndsAbsent() {
        assertThat(everything().overdue(snapshot("-"), false).verdict()).isEqualTo(Verdict.ABSENT);
    }

    @Test
    void aMisspeltNameInTheRulesIsToldWithTheNamesThatExist() {
        CiResult result =
                new VerdictRules(rules(List.of("biuld"), List.of())).overdue(snapshot("build=ok lint=ok"), false);

        assertThat(result.verdict()).isEqualTo(Verdict.ABSENT);
        assertThat(result.reason()).contains("ci.checks (biuld); the commit has: build, lint");
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        assertThatThrownBy(() -> new CiRules(
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        List.of(),
                        CiRules.OnNoVerdict.KEEP,
                        CiRules.OnNoVerdict.KEEP))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("ci.interval");
    }

    private static VerdictRules everything() {
        return new VerdictRules(rules(List.of(), List.of()));
    }

    private static CiRules rules(List<String> checks, List<String> ignored) {
        return new CiRules(
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofMinutes(2),
                checks,
                ignored,
                CiRules.OnNoVerdict.KEEP,
                CiRules.OnNoVerdict.KEEP);
    }

    private static List<String> names(String commaSeparated) {
        return commaSeparated == null ? List.of() : List.of(commaSeparated.split(","));
    }

    private static CiSnapshot snapshot(String text) {
        List<String> words = List.of(text.split(" "));
        List<Check> checks = words.stream()
                .filter(word -> word.contains("="))
                .map(word -> word.split("="))
                .map(word -> check(word[0].replace('_', ' '), word[1], words))
                .toList();
        return new CiSnapshot(checks, words.contains("skipci"));
    }

    private static Check check(String name, String word, List<String> words) {
        State state =
                switch (word) {
                    case "ok" -> State.SUCCEEDED;
                    case "bad" -> State.FAILED;
                    case "skip" -> State.NEUTRAL;
                    case "run" -> State.PENDING;
                    default -> throw new IllegalArgumentException(word + " in " + words);
                };
        boolean twice =
                words.stream().filter(other -> other.startsWith(name + "=")).count() > 1;
        return new Check(twice ? name + "/" + word : name, name, state, word, "");
    }
}
