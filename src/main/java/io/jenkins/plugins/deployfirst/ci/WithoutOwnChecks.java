package io.jenkins.plugins.deployfirst.ci;

import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiServerView;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A CI server whose answers leave the checks out that the watching job itself reports. */
final class WithoutOwnChecks extends CiServerView {
    private final CiServer server;
    private final Predicate<Check> own;
    private volatile Seen last = new Seen(new CiSnapshot(List.of(), false), new CiSnapshot(List.of(), false));

    /** An answer, and what is left of it: an answer that comes again stays the same object. */
    private record Seen(CiSnapshot all, CiSnapshot counted) {}

    WithoutOwnChecks(CiServer server, Predicate<Check> own) {
        this.server = server;
        this.own = own;
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        return server.read(sha).thenApply(this::counted);
    }

    @Override
    public CompletableFuture<CiSnapshot> readSince(String sha, long since) {
        return server.readSince(sha, since).thenApply(this::counted);
    }

    @Override
    protected CiServer server() {
        return server;
    }

    private CiSnapshot counted(CiSnapshot all) {
        Seen known = last;
        if (known.all != all) {
            List<Check> others = all.checks().stream().filter(own.negate()).toList();
            known = new Seen(all, new CiSnapshot(others, all.ciSkipped()));
            last = known;
        }
        return known.counted;
    }
}
