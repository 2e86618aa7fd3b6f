package io.jenkins.plugins.deployfirst.watch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A token that is looked up anew at most once a minute: those of GitHub Apps end within the hour. */
final class FreshToken {
    private static final Logger LOGGER = Logger.getLogger(FreshToken.class.getName());
    private static final long AGE = TimeUnit.MINUTES.toNanos(1);

    private final List<Callable<String>> sources = new CopyOnWriteArrayList<>();
    private final LongSupplier nanoTime;
    // Guarded by this.
    private String token;
    private long asked;

    /**
     * Creates it.
     *
     * @param token as it was looked up just now; empty for none
     */
    FreshToken(String token, LongSupplier nanoTime) {
        this.token = token;
        this.nanoTime = nanoTime;
        this.asked = nanoTime.getAsLong();
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

    synchronized Optional<String> get() {
        if (nanoTime.getAsLong() - asked > AGE) {
            asked = nanoTime.getAsLong();
            token = lookUp();
        }
        return Optional.of(token).filter(text -> !text.isEmpty());
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
        return token;
    }
}
