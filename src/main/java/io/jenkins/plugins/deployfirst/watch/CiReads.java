package io.jenkins.plugins.deployfirst.watch;

import io.jenkins.plugins.deployfirst.agent.GitHubAccess;
import io.jenkins.plugins.deployfirst.agent.Http;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.GitHub;
import io.jenkins.plugins.deployfirst.engine.ci.SharedReads;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One stream of requests for all watches of a repository that read it with the same token and at the same interval. */
public final class CiReads {
    private static final Logger LOGGER = Logger.getLogger(CiReads.class.getName());
    private static final Map<Key, CiReads> SHARED = new HashMap<>();

    private final Key key;
    private final CiServer server;
    private final CopyOnWriteArrayList<Callable<String>> tokens = new CopyOnWriteArrayList<>();
    private String token;
    private long asked = System.nanoTime();

    /** A watch's part in it; closing it twice is allowed. */
    public interface Lease extends AutoCloseable {
        CiServer server();

        @Override
        void close();
    }

    private record Key(GitHubAccess access, Duration interval) {}

    private CiReads(Key key) {
        this.key = key;
        this.token = key.access().token();
        GitHubAccess access = key.access();
        GitHub gitHub = new GitHub(Http.onController(), access.apiUrl(), access.repository(), this::token);
        this.server = new SharedReads(gitHub, key.interval().multipliedBy(9).dividedBy(10));
    }

    /**
     * Joins the stream.
     *
     * @param interval of the watch's reads
     * @param token looks the token up anew: those of GitHub Apps end within the hour. Asked at most once a minute
     */
    public static Lease join(GitHubAccess access, Duration interval, Callable<String> token) {
        Key key = new Key(access, interval);
        synchronized (SHARED) {
            CiReads reads = SHARED.computeIfAbsent(key, CiReads::new);
            reads.tokens.add(token);
            return reads.lease(token);
        }
    }

    private Lease lease(Callable<String> source) {
        return new Lease() {
            @Override
            public CiServer server() {
                return server;
            }

            @Override
            public void close() {
                synchronized (SHARED) {
                    tokens.remove(source);
                    if (tokens.isEmpty()) {
                        SHARED.remove(key, CiReads.this);
                    }
                }
            }
        };
    }

    private synchronized Optional<String> token() {
        if (System.nanoTime() - asked > TimeUnit.MINUTES.toNanos(1)) {
            asked = System.nanoTime();
            token = newToken();
        }
        return Optional.of(token).filter(text -> !text.isEmpty());
    }

    /** A build may be deleted while others watch; one that still knows the credential is enough. */
    private String newToken() {
        for (Callable<String> source : tokens) {
            try {
                return source.call();
            } catch (Exception e) {
                LOGGER.log(Level.FINE, e, () -> "The token for " + server.describe() + " was not found again");
            }
        }
        return token;
    }
}
