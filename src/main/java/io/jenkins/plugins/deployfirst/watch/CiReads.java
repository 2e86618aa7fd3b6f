package io.jenkins.plugins.deployfirst.watch;

import hudson.model.Computer;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.deployfirst.agent.Http;
import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.SharedReads;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One stream of reads for all watches of a place on a CI server that have the same token, however often each reads. */
public final class CiReads {
    private static final Map<CiAccess, CiReads> SHARED = new HashMap<>();
    // The client's own pool grows with the answers that come at once, to hundreds of threads.
    private static final ExecutorService ANSWERS = Executors.newFixedThreadPool(
            2,
            new NamingThreadFactory(
                    new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "Deploy First: answers of CI"));
    private static HttpClient client;

    private final CiAccess access;
    private final FreshToken token;
    private final SharedReads reads;

    /** A watch's part in it; closing it twice is allowed. */
    public interface Lease extends AutoCloseable {
        CiServer server();

        @Override
        void close();
    }

    private CiReads(CiAccess access) {
        this.access = access;
        this.token = new FreshToken(access.token(), System::nanoTime, Computer.threadPoolForRemoting);
        this.reads = new SharedReads(access.place().open(client, token::get), Duration.ZERO);
    }

    /**
     * Joins the stream.
     *
     * @param interval of the watch's reads; one that ended less than that ago serves it too
     * @param again looks the access up anew, for a new token; asked at most once a minute
     */
    public static Lease join(CiAccess access, Duration interval, Callable<CiAccess> again) {
        // An object of its own: closing this lease twice must not take away the source of another one.
        Callable<String> source = () -> token(access, again.call());
        synchronized (SHARED) {
            if (SHARED.isEmpty()) {
                // Anew now and then, because the proxy may have changed.
                client = Http.onController(ANSWERS);
            }
            CiReads reads = SHARED.computeIfAbsent(access, CiReads::new);
            reads.token.add(source);
            return reads.lease(source, interval);
        }
    }

    /** An environment may name another server by now: its token is not for this one. */
    static String token(CiAccess access, CiAccess now) {
        if (!now.place().equals(access.place())) {
            throw new IllegalStateException("The environment names " + now + " now, and no longer " + access);
        }
        return now.token();
    }

    private Lease lease(Callable<String> source, Duration interval) {
        CiServer server = reads.reusing(interval.multipliedBy(9).dividedBy(10));
        return new Lease() {
            @Override
            public CiServer server() {
                return server;
            }

            @Override
            public void close() {
                synchronized (SHARED) {
                    if (token.remove(source)) {
                        SHARED.remove(access, CiReads.this);
                    }
                }
            }
        };
    }
}
