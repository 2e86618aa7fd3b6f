package io.jenkins.plugins.deployfirst.watch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A token that is looked up anew at most once a minute: those of GitHub Apps end within the hour. That may take a while, as
 * the server is asked; unless the token is old, whoever reads goes on with the one before.
 */
final class FreshToken {
    private static final Logger LOGGER = Logger.getLogger(FreshToken.class.getName());
    private static final long AGE = TimeUnit.MINUTES.toNanos(1);
    private static final long OLD = TimeUnit.MINUTES.toNanos(5);

    private final List<Callable<String>> sources = new CopyOnWriteArrayList<>();
    private final LongSupplier nanoTime;
    private final Executor threads;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Known known;

    /** A token, and when it was asked for. */
    private record Known(String token, long asked) {
        @Override
        public String toString() {
            return "Known";
        }
    }

    /**
     * Creates it.
     *
     * @param token as it was looked up just now; empty for none
     * @param threads look it up while others read
     */
    FreshToken(String token, LongSupplier nanoTime, Executor threads) {
        this.nanoTime = nanoTime;
        this.threads = threads;
        this.known = new Known(token, nanoTime.getAsLong());
    }

    /** Adds one who can look the token up. */
    void add(Callable<String> source) {
        sources.add(source);
    }

    /** Removes one who can look the token up no more; returns whether nobody is left. */
    boolean remove(Callable<String> source) {
        sources.remove(source);
        return sources.isEmpty();
    }

    Optional<String> get() {
        if (age() > OLD) {
            renew();
        } else if (age() > AGE && asking.compareAndSet(false, true)) {
            threads.execute(this::renewMeanwhile);
        }
        return Optional.of(known.token).filter(text -> !text.isEmpty());
    }

    private long age() {
        return nanoTime.getAsLong() - known.asked;
    }

    private void renewMeanwhile() {
        try {
            renew();
        } finally {
            asking.set(false);
        }
    }

    private synchronized void renew() {
        if (age() > AGE) {
            long now = nanoTime.getAsLong();
            known = new Known(lookUp(), now);
        }
    }

    /** A build may be deleted while others watch; one that still knows the credential is enough. */
    private String lookUp() {
        for (Callable<String> source : sources) {
            try {
                return source.call();
            } catch (Exception e) {
                LOGGER.log(Level.FINE, e, () -> "A watch cannot look its token up any more");
            }
        }
        return known.token;
    }
}
