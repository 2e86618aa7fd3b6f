package io.jenkins.plugins.deployfirst.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a journal makes of a release. */
class ReleaseFateTest {
    private static final String DEPLOYED =
            "{'event': 'deploy.started', 'sha': 'a'}\n{'event': 'deploy.succeeded', 'sha': 'a'}";
    private static final String CI_FAILED = "{'event': 'rollback.started', 'sha': 'b', 'rejected': 'a', 'cause': 'ci'}";

    @Test
    void whatOnlyRanHasNoVerdict() {
        assertThat(fate("")).isEqualTo(ReleaseFate.RAN);
        assertThat(fate(DEPLOYED, "{'event': 'validated', 'sha': 'b'}")).isEqualTo(ReleaseFate.RAN);
        assertThat(fate(DEPLOYED, "{'event': 'not-validated', 'sha': 'a'}")).isEqualTo(ReleaseFate.NO_VERDICT);
        assertThat(fate(DEPLOYED, "{'event': 'of a later version', 'sha': 'a'}"))
                .isEqualTo(ReleaseFate.RAN);
    }

    @Test
    void whatCiFailedForIsRejectedUntilItSucceeds() {
        assertThat(fate(DEPLOYED, CI_FAILED)).isEqualTo(ReleaseFate.REJECTED);
        assertThat(fate(DEPLOYED, "{'event': 'superseded', 'sha': 'a'}")).isEqualTo(ReleaseFate.REJECTED);
        assertThat(fate(DEPLOYED, CI_FAILED, DEPLOYED)).isEqualTo(ReleaseFate.REJECTED);
        assertThat(fate(DEPLOYED, CI_FAILED, DEPLOYED, "{'event': 'validated', 'sha': 'a'}"))
                .isEqualTo(ReleaseFate.VALIDATED);
    }

    @Test
    void whatWasTakenBackForAnotherReasonSaysWhich() {
        String health = CI_FAILED.replace("'ci'", "'health'");
        assertThat(fate(DEPLOYED, health)).isEqualTo(ReleaseFate.UNHEALTHY);
        assertThat(fate(DEPLOYED, health, DEPLOYED)).isEqualTo(ReleaseFate.RAN);
        assertThat(fate(DEPLOYED, CI_FAILED.replace("'ci'", "'hand'"))).isEqualTo(ReleaseFate.TAKEN_BACK);
    }

    @Test
    void onlyWhatIsBadForItsUsersIsMarked() {
        assertThat(ReleaseFate.values())
                .filteredOn(ReleaseFate::isBad)
                .containsExactly(ReleaseFate.REJECTED, ReleaseFate.UNHEALTHY);
    }

    private static ReleaseFate fate(String... lines) {
        List<JournalEntry> journal =
                JournalEntry.parseAll(String.join("\n", lines).replace('\'', '"'));
        return ReleaseFate.of("a", journal);
    }
}
