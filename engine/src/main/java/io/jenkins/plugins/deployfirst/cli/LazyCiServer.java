package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A CI server that is set up when it is first asked: a deployment does not wait for what only its watch needs. */
final class LazyCiServer implements CiServer {
    private final Supplier<CiServer> maker;
    private CiServer made;

    LazyCiServer(Supplier<CiServer> maker) {
        this.maker = maker;
    }

    private synchronized CiServer server() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        return server().read(sha);
    }

    @Override
    public CompletableFuture<List<FailureDetail>> explain(List<Check> failures) {
        return server().explain(failures);
    }

    @Override
    public String describe() {
        return server().describe();
    }

    @Override
    public String pageOf(String sha) {
        return server().pageOf(sha);
    }
}
