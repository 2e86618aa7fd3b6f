package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A CI server seen through something that changes a part of it: whatever is not overridden is asked of the server itself. */
public abstract class CiServerView implements CiServer {
    /** Returns the server itself. */
    protected abstract CiServer server();

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        return server().read(sha);
    }

    @Override
    public CompletableFuture<CiSnapshot> readSince(String sha, long since) {
        return server().readSince(sha, since);
    }

    @Override
    public CompletableFuture<List<FailureDetail>> explain(List<Check> failures) {
        return server().explain(failures);
    }

    @Override
    public CompletableFuture<String> look() {
        return server().look();
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
