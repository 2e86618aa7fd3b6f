package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.ci.BuildCi;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiReadException;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The controller's end of what a flow on an agent asks about CI. The token stays here, and so does every CI server that
 * only the controller can reach, or that is this Jenkins itself.
 */
final class ControllerCi implements AskedCi {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BuildCi ci;
    private CiServer server;

    ControllerCi(BuildCi ci) {
        this.ci = ci;
    }

    /** Most flows ask nothing. */
    private synchronized CiServer server() {
        if (server == null) {
            server = ci.open(Http.onController());
        }
        return server;
    }

    @Override
    public CiSnapshot read(String sha) {
        return await(server().read(sha));
    }

    @Override
    public List<FailureDetail> explain(List<Check> failures) {
        return await(server().explain(failures));
    }

    @Override
    public String describe() {
        return server().describe();
    }

    @Override
    public String pageOf(String sha) {
        return server().pageOf(sha);
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.copy()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CiReadException known
                    ? known
                    : CiReadException.passing(
                            "CI cannot be read (" + e.getCause().getClass().getSimpleName() + ").",
                            Duration.ZERO,
                            null);
        }
    }
}
