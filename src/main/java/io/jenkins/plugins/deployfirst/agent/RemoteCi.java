package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The CI server as a flow on an agent sees it: the controller is asked. */
final class RemoteCi implements CiServer {
    private final AskedCi asked;

    RemoteCi(AskedCi asked) {
        this.asked = asked;
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        return CompletableFuture.supplyAsync(() -> asked.read(sha));
    }

    @Override
    public CompletableFuture<List<FailureDetail>> explain(List<Check> failures) {
        return CompletableFuture.supplyAsync(() -> asked.explain(new ArrayList<>(failures)))
                .exceptionally(lost -> List.of());
    }

    @Override
    public String describe() {
        return orNothing(asked::describe);
    }

    @Override
    public String pageOf(String sha) {
        return orNothing(() -> asked.pageOf(sha));
    }

    /** A rollback goes on when the controller is lost in its midst. */
    private static String orNothing(Supplier<String> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return "";
        }
    }
}
