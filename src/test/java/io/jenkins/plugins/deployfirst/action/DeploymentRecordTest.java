package io.jenkins.plugins.deployfirst.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.action.DeploymentRecord.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentRecordTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DEPLOY   | DONE             |            | preprod: 2222222 is live
            DEPLOY   | ROLLED_BACK      |            | preprod: 2222222 was not healthy, taken back to 1111111
            DEPLOY   | FAILED_UNCHANGED |            | preprod: 2222222 was not deployed
            DEPLOY   | PERSON_NEEDED    |            | preprod: a person is needed
            DEPLOY   | LOCKED           |            | preprod: locked by someone else for too long
            WATCH    | DONE             | SUCCESS    | preprod: 2222222 is validated, CI succeeded
            WATCH    | DONE             | SUPERSEDED | preprod: 2222222 is not live any more, nothing to undo
            WATCH    | ROLLED_BACK      | FAILURE    | preprod: CI failed for 2222222, taken back to 1111111
            WATCH    | NO_VERDICT       | TIMEOUT    | preprod: CI gave no verdict on 2222222 (TIMEOUT), not validated
            WATCH    | FAILED_UNCHANGED | SUCCESS    | preprod: the verdict of CI could not be carried out
            ROLLBACK | DONE             |            | preprod was taken back to 2222222
            ROLLBACK | FAILED_UNCHANGED |            | preprod was not taken back
            HEALTH   | DONE             |            | preprod is healthy
            HEALTH   | FAILED_UNCHANGED |            | preprod is not healthy
            """)
    void theHeadlineTellsWhatHappened(Kind kind, String outcome, String verdict, String headline) {
        DeploymentRecord record = DeploymentRecord.of(
                kind,
                outcome,
                Map.of(
                        "environment",
                        "preprod",
                        "sha",
                        SampleRecords.NEW,
                        "rolledBackTo",
                        SampleRecords.OLD,
                        "verdict",
                        verdict == null ? "" : verdict),
                "");

        assertThat(record.getHeadline()).isEqualTo(headline);
    }

    @Test
    void aFailureBeforeTheCommitIsKnownIsToldWithoutIt() {
        DeploymentRecord record =
                DeploymentRecord.of(Kind.DEPLOY, "USAGE", Map.of("environment", "preprod"), "sha: is empty.");

        assertThat(record.getHeadline()).isEqualTo("preprod: nothing was deployed");
    }

    @Test
    void aGateOfAUrlIsToldByTheUrlAndBelongsToNoEnvironment() {
        DeploymentRecord record =
                DeploymentRecord.of(Kind.HEALTH, "DONE", Map.of("url", "http://localhost/", "healthy", true), "");

        assertThat(record.getHeadline()).isEqualTo("http://localhost/ is healthy");
        assertThat(record.getEnvironment()).isEmpty();
    }

    @Test
    void whatIsLiveAfterwardsFollowsFromTheOutcome() {
        assertThat(SampleRecords.deployed().getLiveSha()).isEqualTo(SampleRecords.NEW);
        assertThat(SampleRecords.rolledBackByCi("build", "").getLiveSha()).isEqualTo(SampleRecords.OLD);
        assertThat(SampleRecords.validated().getValidatedSha()).isEqualTo(SampleRecords.NEW);
        assertThat(DeploymentRecord.of(Kind.DEPLOY, "PERSON_NEEDED", Map.of("sha", SampleRecords.NEW), "")
                        .getLiveSha())
                .isEmpty();
    }

    @Test
    void controlCharactersAndEndlessTextAreKeptOutOfTheBuildsFile() {
        DeploymentRecord record =
                DeploymentRecord.of(Kind.DEPLOY, "DONE", Map.of("environment", "a\u0000b\u001B[31m"), "x".repeat(5000));

        assertThat(record.getEnvironment()).isEqualTo("ab[31m");
        assertThat(record.getError()).hasSizeLessThanOrEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "data:text/html,x", "//evil.example.com", "ftp://a/b", "", " https:"})
    void onlyWebAddressesBecomeLinks(String url) {
        assertThat(SampleRecords.rolledBackByCi("build", url).getChecks())
                .singleElement()
                .satisfies(check -> assertThat(check.isLink()).isFalse());
    }

    @Test
    void barsFollowEachOtherAndFillTheWhole() {
        List<PhaseBar> bars = bars(SampleRecords.deployed());

        assertThat(bars).extracting(PhaseBar::getName).containsExactly("connect", "fetch", "restart", "gate");
        assertThat(bars).extracting(PhaseBar::getStart).containsExactly("0.00%", "3.26%", "19.58%", "69.05%");
        assertThat(bars).extracting(PhaseBar::getDuration).containsExactly("62 ms", "0.3 s", "0.9 s", "0.6 s");
    }

    @Test
    void aBarThatTookNoTimeCanBeSeenAndStaysInside() {
        List<Map<String, Object>> phases = new ArrayList<>();
        phases.add(Map.of("name", "fetch", "durationMillis", 1000));
        phases.add(Map.of("name", "journal", "durationMillis", 0));

        PhaseBar last = bars(DeploymentRecord.of(Kind.DEPLOY, "DONE", Map.of("phases", phases), ""))
                .get(1);

        assertThat(last.getStart()).isEqualTo("99.20%");
        assertThat(last.getWidth()).isEqualTo("0.80%");
    }

    private static List<PhaseBar> bars(DeploymentRecord record) {
        List<PhaseRecord> phases = record.getPhases();
        return PhaseBar.of(record, phases, TimeAxis.of(phases), null);
    }
}
