package io.jenkins.plugins.deployfirst.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.ci.RepositoryPlace;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CiReadsTest {
    private static final String SHA = "0123456789012345678901234567890123456789";
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Callable<CiAccess> NEVER = () -> {
        throw new AssertionError("asked too early");
    };

    private static GitHubChecks gitHub;

    @BeforeAll
    static void start() {
        gitHub = GitHubChecks.start();
    }

    @AfterAll
    static void stop() {
        gitHub.close();
    }

    @BeforeEach
    void startAnew() {
        gitHub.startAnew();
        gitHub.pending(SHA, "build");
    }

    @Test
    void watchesOfACommitShareOneStreamOfRequests() throws Exception {
        try (CiReads.Lease one = join("token", INTERVAL);
                CiReads.Lease other = join("token", INTERVAL)) {
            List<CompletableFuture<CiSnapshot>> reads = List.of(
                    one.server().read(SHA),
                    other.server().read(SHA),
                    one.server().read(SHA));

            for (CompletableFuture<CiSnapshot> read : reads) {
                assertThat(read.get().checks()).hasSize(1);
            }
            // What was read a moment ago serves the next watch as well.
            assertThat(other.server().read(SHA).get().checks()).hasSize(1);
            assertThat(gitHub.tokens(SHA)).containsExactly("token");
        }
    }

    @Test
    void anotherIntervalIsTheSameStreamAndAnotherTokenIsNot() throws Exception {
        try (CiReads.Lease one = join("token", INTERVAL);
                CiReads.Lease interval = join("token", INTERVAL.multipliedBy(2));
                CiReads.Lease token = join("other", INTERVAL)) {
            one.server().read(SHA).get();
            interval.server().read(SHA).get();
            token.server().read(SHA).get();

            assertThat(gitHub.tokens(SHA)).containsExactly("token", "other");
        }
    }

    @Test
    void theStreamEndsWithItsLastWatch() throws Exception {
        CiReads.Lease one = join("token", INTERVAL);
        CiReads.Lease other = join("token", INTERVAL);
        one.close();
        one.close();
        try (CiReads.Lease joined = join("token", INTERVAL)) {
            other.server().read(SHA).get();
            joined.server().read(SHA).get();
            assertThat(gitHub.reads(SHA)).isEqualTo(1);
        }
        other.close();

        try (CiReads.Lease later = join("token", INTERVAL)) {
            later.server().read(SHA).get();
            assertThat(gitHub.reads(SHA)).isEqualTo(2);
        }
    }

    @Test
    void aTokenIsTakenForThePlaceThatItIsForAndForNoOther() {
        CiAccess watched = access(GitHubChecks.REPOSITORY, "first");

        assertThat(CiReads.token(watched, access(GitHubChecks.REPOSITORY, "second")))
                .isEqualTo("second");
        assertThatThrownBy(() -> CiReads.token(watched, access("owner/other", "of another")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("owner/other")
                .hasMessageNotContaining("of another");
    }

    private static CiReads.Lease join(String token, Duration interval) {
        return CiReads.join(access(GitHubChecks.REPOSITORY, token), interval, NEVER);
    }

    private static CiAccess access(String repository, String token) {
        return new CiAccess(new RepositoryPlace(CiService.GITHUB, gitHub.url(), repository), token);
    }
}
