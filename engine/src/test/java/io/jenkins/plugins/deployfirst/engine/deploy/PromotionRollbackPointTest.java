package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a promotion of {@code c} goes back to, when {@code v} was the last validated release. */
class PromotionRollbackPointTest {
    /** What is live, the start that a run which died has left in the journal, and what is expected. */
    @ParameterizedTest
    @CsvSource({
        "a, none, a",
        "v, none, v",
        "c, none, v",
        "c, deploy.started of c over a, a",
        "a, deploy.started of c over a, a",
        "c, rollback.started of a over c, a",
        "a, rollback.started of a over c, a"
    })
    void itIsTheReleaseBeforeAlsoAfterARunThatDied(String live, String died, String expected) {
        HostState before = HostState.of(
                new ScriptResult(
                        0,
                        Map.of(
                                "live",
                                sha(live),
                                "validatedText",
                                sha("d"),
                                "validated",
                                sha("d"),
                                "journal",
                                entry(died)),
                        ""),
                Carrier.of(HostProblemTest.ENVIRONMENT));
        Promotion promotion = new Promotion(
                new ValidatedResult("preprod", "", "", List.of()), HostProblemTest.ENVIRONMENT, null, null);

        assertThat(promotion.rollbackPoint(before, new Release(sha("c"), "", "")))
                .contains(new HostState.RollbackPoint(Release.of(sha(expected)), false));
    }

    private static String entry(String died) {
        if (died.equals("none")) {
            return "";
        }
        String[] words = died.split(" ");
        return "{\"event\":\"%s\",\"sha\":\"%s\",\"rollbackPoint\":\"%s\"}"
                .formatted(words[0], sha(words[2]), words[0].startsWith("deploy") ? sha(words[4]) : "");
    }

    private static String sha(String letter) {
        return letter.replace('v', 'd').repeat(40);
    }
}
