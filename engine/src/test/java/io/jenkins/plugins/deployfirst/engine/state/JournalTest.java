package io.jenkins.plugins.deployfirst.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "deploy.started, deploy.started",
        "rollback.started, rollback.started",
        "deploy.started deploy.succeeded, ''",
        "deploy.started deploy.failed, ''",
        "rollback.started rollback.succeeded, ''",
        "rollback.started rollback.failed, ''",
        "deploy.succeeded deploy.started, deploy.started",
        "deploy.started validated superseded not-validated, deploy.started",
        "deploy.started rollback.started, rollback.started",
        "deploy.started deploy.paused, deploy.started",
        "validated, ''"
    })
    void aStartWithoutEndIsAnInterruptedRun(String events, String interrupted) {
        assertThat(tail(events).interrupted().map(entry -> entry.get("event")).orElse(""))
                .isEqualTo(interrupted);
    }

    @Test
    void aRefusedDeploymentDoesNotEndTheOneThatWasInterruptedBeforeIt() {
        String refused = "{\"event\":\"deploy.failed\",\"unfinished\":\"yes\"}";

        assertThat(journal(lines("deploy.started") + refused).interrupted()).isPresent();
        assertThat(journal(lines("deploy.started deploy.failed") + refused).interrupted())
                .isEmpty();
    }

    @Test
    void aTornLastLineLeavesTheRunInterrupted() {
        assertThat(journal(lines("deploy.started") + "{\"event\":\"deploy.succ").interrupted())
                .isPresent();
    }

    @Test
    void theLastValidationThatBecameTheRollbackPointCounts() {
        assertThat(validations(validated(A, ""), validated(B, ""))).isEqualTo(B);
        assertThat(validations(validated(A, ""), validated(B, "no"))).isEqualTo(A);
        assertThat(validations(validated(B, "no"))).isEmpty();
        assertThat(validations(validated(A, ""), validated("bbbb", ""), validated("", "")))
                .isEqualTo(A);
        assertThat(validations(validated("c".repeat(64), ""))).isEqualTo("c".repeat(64));
        assertThat(validations()).isEmpty();
    }

    @Test
    void whatWasLiveBeforeTheFirstDeploymentIsProvisional() {
        assertThat(first("{\"event\":\"deploy.started\",\"previousSha\":\"" + A + "\"}"))
                .isEqualTo(A);
        assertThat(first("{\"event\":\"deploy.started\",\"previousSha\":\"aaaa\"}"))
                .isEmpty();
        assertThat(first("{\"event\":\"deploy.started\"}")).isEmpty();
        assertThat(first("")).isEmpty();
    }

    @Test
    void aReleaseThatWasRolledBackIsRejectedUntilItIsValidated() {
        String rollback = "{\"event\":\"rollback.started\",\"rejected\":\"" + A + "\",\"reason\":\"CI failed\"}\n";

        assertThat(ofSha(rollback).rejection(A).orElseThrow().get("reason")).isEqualTo("CI failed");
        assertThat(ofSha(rollback).rejection(B)).isEmpty();
        assertThat(ofSha(rollback + validated(A, "")).rejection(A)).isEmpty();
        assertThat(ofSha(rollback + validated(B, "")).rejection(A)).isPresent();
        assertThat(ofSha(validated(A, "") + rollback).rejection(A)).isPresent();
        assertThat(ofSha("").rejection(A)).isEmpty();
    }

    @Test
    void aReleaseIsValidatedByItsCiUntilItIsRejected() {
        String byHand = "{\"event\":\"validated\",\"sha\":\"" + A + "\",\"byHand\":\"yes\"}\n";
        String unhealthy = "{\"event\":\"rollback.started\",\"rejected\":\"" + A + "\",\"cause\":\"health\"}\n";
        String failed = "{\"event\":\"rollback.started\",\"rejected\":\"" + A + "\",\"cause\":\"ci\"}\n";

        assertThat(ofSha(validated(A, "")).isValidated(A)).isTrue();
        assertThat(ofSha(validated(A, "no")).isValidated(A)).isTrue();
        assertThat(ofSha(validated(A, "")).isValidated(B)).isFalse();
        assertThat(ofSha(byHand).isValidated(A)).isFalse();
        assertThat(ofSha(validated(A, "") + byHand).isValidated(A)).isTrue();
        assertThat(ofSha(validated(A, "") + failed).isValidated(A)).isFalse();
        assertThat(ofSha(validated(A, "") + failed + byHand).isValidated(A)).isFalse();
        assertThat(ofSha(failed + validated(A, "")).isValidated(A)).isTrue();
        assertThat(ofSha(unhealthy + validated(A, "no")).isValidated(A)).isFalse();
        assertThat(ofSha("").isValidated(A)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "rollback.started, rollback.started",
        "rollback.started rollback.succeeded, rollback.succeeded",
        "rollback.started rollback.succeeded validated, rollback.succeeded",
        "rollback.started rollback.failed, ''",
        "rollback.started rollback.succeeded deploy.started, ''",
        "deploy.started, ''"
    })
    void aRollbackCountsUntilTheNextDeployment(String events, String found) {
        assertThat(tail(events).rollbackOf(A).map(entry -> entry.get("event")).orElse(""))
                .isEqualTo(found);
        assertThat(tail(events).rollbackOf(B)).isEmpty();
    }

    @Test
    void aMigrationIsRememberedWithItsRelease() {
        Journal journal = journal("{\"event\":\"deploy.succeeded\",\"sha\":\"" + A + "\",\"migrated\":\"yes\"}\n"
                + "{\"event\":\"deploy.succeeded\",\"sha\":\"" + B + "\"}\n");

        assertThat(journal.migrated(A)).isTrue();
        assertThat(journal.migrated(B)).isFalse();
    }

    @Test
    void aSchemaThatWasTakenBackIsNotTakenBackAgainUntilItIsMigratedAnew() {
        String migrated = "{\"event\":\"deploy.succeeded\",\"sha\":\"" + A + "\",\"migrated\":\"yes\"}\n";
        String takenBack = "{\"event\":\"schema.taken-back\",\"sha\":\"" + A + "\"}\n";

        assertThat(journal(migrated + takenBack).migrated(A)).isFalse();
        assertThat(journal(migrated + takenBack + migrated).migrated(A)).isTrue();
        assertThat(journal(migrated + takenBack.replace(A, B)).migrated(A)).isTrue();
    }

    @Test
    void whatCiUsuallyTakesIsTheMedianOfTheValidationsThatTellIt() {
        String told = "{\"event\":\"validated\",\"ciSeconds\":\"%s\"}\n";
        String lines = validated(A, "")
                + told.formatted("900")
                + told.formatted("60")
                + told.formatted("-5")
                + told.formatted("600");

        assertThat(Journal.of("", "", lines, "").usualCiDuration()).contains(Duration.ofSeconds(600));
        assertThat(Journal.of("", "", validated(A, ""), "").usualCiDuration()).isEmpty();
    }

    private static Journal tail(String events) {
        return journal(lines(events));
    }

    private static String lines(String events) {
        return Arrays.stream(events.split(" "))
                .map(event -> "{\"event\":\"" + event + "\",\"sha\":\"" + B + "\",\"previousSha\":\"" + A + "\"}\n")
                .collect(Collectors.joining());
    }

    private static String validated(String sha, String current) {
        return "{\"event\":\"validated\",\"sha\":\"" + sha + "\",\"current\":\"" + current + "\"}\n";
    }

    private static Journal journal(String tail) {
        return Journal.of(tail, "", "", "");
    }

    private static Journal ofSha(String lines) {
        return Journal.of("", "", "", lines);
    }

    private static String first(String line) {
        return Journal.of("", line, "", "")
                .provisional()
                .map(entry -> entry.get("previousSha"))
                .orElse("");
    }

    private static String validations(String... lines) {
        return Journal.of("", "", String.join("", lines), "").lastValidated().orElse("");
    }
}
