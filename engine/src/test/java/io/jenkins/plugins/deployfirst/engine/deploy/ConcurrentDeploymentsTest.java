package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several deployments of one environment at once, and deployments that are ended from outside. */
class ConcurrentDeploymentsTest extends OnPreprod {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void manyAtOnceGoLiveOneAfterTheOther() throws Exception {
        List<CompletableFuture<DeployResult>> deployments = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            String sha = preprod.stack.release("number " + i);
            deployments.add(CompletableFuture.supplyAsync(() -> deploy(preprod.environment(), sha)));
        }

        assertThat(deployments)
                .extracting(CompletableFuture::get)
                .extracting(DeployResult::outcome)
                .containsOnly(Outcome.DONE);
        assertThat(preprod.output)
                .anyMatch(line -> line.matches("The lock is held by grace .*; waiting for at most 60 s\\."));
        assertThat(preprod.events())
                .containsExactlyElementsOf(
                        java.util.Collections.nCopies(5, List.of("deploy.started", "deploy.succeeded")).stream()
                                .flatMap(List::stream)
                                .toList());
        assertThat(preprod.stack.live()).isEqualTo(preprod.lastEntry().sha());
        assertThat(Tool.lines(preprod.stack.journal())).hasSize(10);
        assertThat(preprod.isFree()).isTrue();
    }

    @Test
    void whoWaitsForTooLongIsToldWhoHoldsTheLock() throws Exception {
        Environment slow = preprod.with(difference -> difference.migrate("echo up; sleep 5", ""));
        String first = preprod.stack.release("slow");
        CompletableFuture<DeployResult> deployment = CompletableFuture.supplyAsync(() -> deploy(slow, first));
        await().atMost(MINUTE).until(() -> preprod.output.contains("up"));

        DeployFirstException refusal = refusal();

        assertThat(refusal.outcome()).isEqualTo(Outcome.LOCKED);
        assertThat(refusal).hasMessageContaining(" is locked by grace (https://ci.example.com/42) since ");
        assertThat(preprod.flows().status().lockHolder()).startsWith("grace (https://ci.example.com/42) since ");
        assertThat(deployment.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aLockOfSomeoneElseIsRespected() throws Exception {
        // A holder's note that its owner could not take away is not believed.
        Tool.write(preprod.stack.stateDirectory().resolve("holder"), "ada since yesterday\n4194305\n");
        Process other = new ProcessBuilder("flock", preprod.stack.checkout().toString(), "sleep", "300").start();
        await().until(() -> !preprod.isFree());

        assertThat(refusal())
                .hasMessageContaining(" is locked by someone who is not Deploy First for longer than lockTimeout.");
        String sha = preprod.stack.release("patient");
        CompletableFuture<DeployResult> deployment =
                CompletableFuture.supplyAsync(() -> deploy(preprod.environment(), sha));
        await().until(() -> preprod.output.stream()
                        .filter(line -> line.startsWith("The lock is held"))
                        .count()
                == 2);
        other.descendants().forEach(ProcessHandle::destroy);
        other.destroy();

        assertThat(deployment.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void anAbortEndsTheCommandOnTheHostAndLeavesNothingBehind() throws Exception {
        Environment slow = preprod.with(difference -> difference.migrate("trap '' TERM; echo up; sleep 300", ""));
        String sha = preprod.stack.release("aborted");
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread flow = new Thread(() -> {
            try {
                end.complete(new AssertionError(preprod.deploy(slow, sha).toString()));
            } catch (InterruptedException | RuntimeException e) {
                end.complete(e);
            }
        });
        flow.start();
        await().atMost(MINUTE).until(() -> preprod.output.contains("up"));
        flow.interrupt();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        await().atMost(MINUTE).until(preprod::isFree);
        assertThat(oneOffs()).isEmpty();
        assertThat(preprod.host("pgrep -f 'run --rm .*echo up; sleep 30[0]' || true"))
                .isEmpty();
        assertThat(preprod.deploy(sha).outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.told()).contains("The last run died half way: deploy.started of " + sha);
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "restart"})
    void aKilledJvmLetsTheCommandInFlightEndAndTheNextRunGoesOn(String phase) throws Exception {
        String sha = preprod.stack.release("killed in " + phase);
        String migration = phase.equals("migrate") ? "echo up; sleep 3; echo over" : "";
        try (ChildDeployment child = ChildDeployment.start(preprod, "killed-" + phase, sha, migration)) {
            await().atMost(MINUTE).until(() -> child.printed(phase.equals("migrate") ? "\nup" : "phase restart"));
            child.kill();
        }

        if (phase.equals("migrate")) {
            assertThat(preprod.isFree()).isFalse();
        }
        assertThat(preprod.deploy(sha).outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.told()).contains("The last run died half way: deploy.started of " + sha);
        assertThat(oneOffs()).isEmpty();
        assertThat(preprod.events()).containsExactly("deploy.started", "deploy.started", "deploy.succeeded");
        assertThat(preprod.stack.page()).isEqualTo("Welcome, killed in " + phase);
        assertThat(preprod.isFree()).isTrue();
    }

    @Test
    void deploymentsOfSeveralProcessesTakeTurns() throws Exception {
        String first = preprod.stack.release("of ada");
        String second = preprod.stack.release("of grace");
        try (ChildDeployment ada = ChildDeployment.start(preprod, "ada", first, "echo up; sleep 1")) {
            await().atMost(MINUTE).until(() -> ada.printed("\nup"));
            try (ChildDeployment grace = ChildDeployment.start(preprod, "grace", second, "")) {
                ada.waitFor();
                grace.waitFor();

                assertThat(ada.log()).contains("outcome DONE");
                assertThat(grace.log())
                        .contains("The lock is held by ada since")
                        .contains("outcome DONE");
            }
        }
        assertThat(preprod.stack.live()).isEqualTo(second);
        assertThat(preprod.events())
                .containsExactly("deploy.started", "deploy.succeeded", "deploy.started", "deploy.succeeded");
    }

    private static String oneOffs() {
        return preprod.host("docker ps -aq --filter label=com.docker.compose.oneoff=True --filter"
                + " label=com.docker.compose.project=" + preprod.stack.project());
    }

    private static DeployFirstException refusal() {
        Environment impatient = preprod.with(difference -> difference.lockTimeout = Duration.ofSeconds(1));
        return catchThrowableOfType(DeployFirstException.class, () -> preprod.deploy(impatient, preprod.first()));
    }

    private static DeployResult deploy(Environment environment, String sha) {
        try {
            return preprod.flows(environment).deploy(new DeployRequest(new CommitSha(sha), false));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
