package io.jenkins.plugins.deployfirst.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.ci.GitHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads the demonstration's CI server by the same class that reads GitHub. */
class DemoCiTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    private final DemoCi ci = DemoCi.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final GitHub gitHub = new GitHub(http, ci.apiUrl(), DemoCi.REPOSITORY, Optional::empty);

    @AfterEach
    void stop() {
        ci.close();
    }

    @Test
    void aPushedCommitsChecksAreQueuedAndHaveNoEnd() {
        ci.begin(SHA);

        assertThat(read().checks()).hasSize(2).allSatisfy(check -> {
            assertThat(check.state()).isEqualTo(Check.State.PENDING);
            assertThat(check.conclusion()).isIn("queued", "in_progress");
        });
    }

    @Test
    void checksThatSucceedSucceedBoth() {
        ci.begin(SHA);
        ci.end(SHA, Duration.ZERO, true);

        assertThat(read().checks()).extracting(Check::name).containsExactly("build", "unit-tests");
        assertThat(read().checks()).extracting(Check::state).containsOnly(Check.State.SUCCEEDED);
    }

    @Test
    void failingTestsFailWithALinkToTheirLog() throws Exception {
        ci.begin(SHA);
        ci.end(SHA, Duration.ZERO, false);

        Check failed = read().checks().stream()
                .filter(check -> check.state() == Check.State.FAILED)
                .reduce((one, other) -> {
                    throw new AssertionError("one check fails, not " + one + " and " + other);
                })
                .orElseThrow();
        assertThat(failed.name()).isEqualTo("unit-tests");
        assertThat(failed.conclusion()).isEqualTo("failure");
        String log = http.send(HttpRequest.newBuilder(URI.create(failed.url())).build(), BodyHandlers.ofString())
                .body();
        assertThat(log).contains("FAILED").contains("297 EUR");
    }

    @Test
    void anEndThatIsYetToComeChangesNothing() {
        ci.begin(SHA);
        ci.end(SHA, Duration.ofHours(1), false);

        assertThat(read().checks()).extracting(Check::state).containsOnly(Check.State.PENDING);
    }

    @Test
    void aCommitThatWasNeverPushedIsNotFound() {
        assertThatThrownBy(this::read).hasMessageContaining("answered 404 (Not Found)");
    }

    @Test
    void theRepositoryCanBeLookedAtBeforeAnythingIsPushed() {
        assertThat(gitHub.look().join()).contains("checks can be read, default branch main");
    }

    private CiSnapshot read() {
        return gitHub.read(SHA).join();
    }
}
