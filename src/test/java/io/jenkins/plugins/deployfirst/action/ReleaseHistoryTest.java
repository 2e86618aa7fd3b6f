package io.jenkins.plugins.deployfirst.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.action.DeploymentRecord.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has become of releases, told from what the steps of builds have kept. */
class ReleaseHistoryTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);

    private final List<BuildRecord> happened = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "DONE, LIVE",
        "RUNNING, UNDER_WAY",
        "ROLLED_BACK, TAKEN_BACK",
        "PERSON_NEEDED, PERSON_NEEDED",
        "FAILED_UNCHANGED, FAILED",
        "LOCKED, FAILED",
        "USAGE, FAILED",
        "ABORTED, CUT_OFF",
        "CUT_OFF, CUT_OFF",
    })
    void aDeploymentDecidesAtFirst(String outcome, Fate fate) {
        deploy("preprod", A, outcome);

        assertThat(fates()).containsExactly(fate);
    }

    @Test
    void whoseCiSucceedsIsValidatedAndStaysSoWhenTheNextGoesLive() {
        deploy("preprod", A, "DONE");
        watch("preprod", A, "DONE", "SUCCESS", "");
        deploy("preprod", B, "DONE");

        assertThat(fates()).containsExactly(Fate.LIVE, Fate.VALIDATED);
    }

    @Test
    void whatCiHasSaidNothingAboutIsSupersededByTheNext() {
        deploy("preprod", A, "DONE");
        deploy("preprod", B, "DONE");
        watch("preprod", A, "DONE", "SUPERSEDED", "");

        assertThat(fates()).containsExactly(Fate.LIVE, Fate.SUPERSEDED);
    }

    @Test
    void aLateSuccessValidatesWhatIsNotLiveAnyMore() {
        deploy("preprod", A, "DONE");
        deploy("preprod", B, "DONE");
        watch("preprod", A, "DONE", "SUCCESS", "");

        assertThat(fates()).containsExactly(Fate.LIVE, Fate.VALIDATED);
    }

    @Test
    void whatWasSupersededIsLiveAgainWhenItsSuccessorIsTakenBack() {
        deploy("preprod", A, "DONE");
        deploy("preprod", B, "DONE");
        watch("preprod", B, "ROLLED_BACK", "FAILURE", A);

        List<ShownRelease> releases = releases();
        assertThat(releases).extracting(ShownRelease::getFate).containsExactly(Fate.TAKEN_BACK, Fate.LIVE);
        assertThat(releases.get(0).getReason()).isEqualTo("CI said FAILURE.");
    }

    @Test
    void whatAPersonTookBackSaysSo() {
        deploy("preprod", A, "DONE");
        watch("preprod", A, "DONE", "SUCCESS", "");
        deploy("preprod", B, "DONE");
        add(Kind.ROLLBACK, "DONE", Map.of("environment", "preprod", "sha", A, "previousSha", B), "");

        List<ShownRelease> releases = releases();
        assertThat(releases).extracting(ShownRelease::getFate).containsExactly(Fate.TAKEN_BACK, Fate.VALIDATED);
        assertThat(releases.get(0).getReason()).isEqualTo("Taken back by hand.");
    }

    @Test
    void withoutAVerdictItStaysWhatItWasAndSaysWhy() {
        deploy("preprod", A, "DONE");
        watch("preprod", A, "NO_VERDICT", "TIMEOUT", "");

        List<ShownRelease> releases = releases();
        assertThat(releases).extracting(ShownRelease::getFate).containsExactly(Fate.LIVE);
        assertThat(releases.get(0).getReason()).isEqualTo("CI said TIMEOUT.");
    }

    @Test
    void environmentsHaveNothingToDoWithEachOther() {
        deploy("preprod", A, "DONE");
        deploy("prod", B, "DONE");
        watch("prod", A, "DONE", "SUCCESS", "");

        assertThat(fates()).containsExactly(Fate.LIVE, Fate.LIVE);
    }

    @Test
    void theSameReleaseTwiceIsTwoEntriesAndTheWatchIsOfTheLatter() {
        deploy("preprod", A, "DONE");
        deploy("preprod", A, "DONE");
        watch("preprod", A, "DONE", "SUCCESS", "");

        assertThat(fates()).containsExactly(Fate.VALIDATED, Fate.SUPERSEDED);
    }

    @Test
    void aWatchOfWhatNobodyDeployedHereIsPassedOver() {
        watch("preprod", A, "ROLLED_BACK", "FAILURE", B);

        assertThat(releases()).isEmpty();
    }

    @Test
    void noMoreThanTheLastTwentyAreTold() {
        IntStream.range(0, 25).forEach(i -> deploy("preprod", String.format("%040x", i), "DONE"));

        assertThat(releases()).hasSize(20);
        assertThat(releases().get(0).getSha()).endsWith("18");
    }

    private void deploy(String environment, String sha, String outcome) {
        add(Kind.DEPLOY, outcome, Map.of("environment", environment, "sha", sha), "");
    }

    private void watch(String environment, String sha, String outcome, String verdict, String back) {
        add(
                Kind.WATCH,
                outcome,
                Map.of("environment", environment, "sha", sha, "verdict", verdict, "rolledBackTo", back),
                "CI said " + verdict + ".");
    }

    private void add(Kind kind, String outcome, Map<String, Object> map, String error) {
        happened.add(new BuildRecord(null, DeploymentRecord.of(kind, outcome, map, error)));
    }

    private List<Fate> fates() {
        return releases().stream().map(ShownRelease::getFate).toList();
    }

    private List<ShownRelease> releases() {
        List<BuildRecord> newestFirst = new ArrayList<>(happened);
        Collections.reverse(newestFirst);
        return ReleaseHistory.of(newestFirst, Map.of());
    }
}
