package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.time.Duration;

/**
 * How often and how long a gate asks.
 *
 * <p>Making one throws {@link DeployFirstException} (USAGE) when a part of it is wrong, naming the field.
 *
 * @param startPeriod how long a starting service may fail without that counting; default 30 s
 * @param attempts how many probes are made after that, at least 1; default 3
 * @param interval between those; default 5 s
 * @param timeout for one probe, its whole body included, more than zero; default 10 s
 */
public record GateTiming(Duration startPeriod, int attempts, Duration interval, Duration timeout) {
    public static final GateTiming DEFAULTS =
            new GateTiming(Duration.ofSeconds(30), 3, Duration.ofSeconds(5), Duration.ofSeconds(10));

    public GateTiming {
        if (attempts < 1) {
            throw DeployFirstException.usage(
                    "health.attempts: " + attempts + " is less than 1.", "Write how often to ask, such as 3.");
        }
        requireNotNegative("health.startPeriod", startPeriod);
        requireNotNegative("health.interval", interval);
        requireNotNegative("health.timeout", timeout);
        if (timeout.isZero()) {
            throw DeployFirstException.usage(
                    "health.timeout: is zero, so that nothing could ever answer in time.",
                    "Write how long one probe may take, such as 10s.");
        }
    }

    private static void requireNotNegative(String field, Duration duration) {
        if (duration.isNegative()) {
            throw DeployFirstException.usage(field + ": is negative.", "Write a duration such as 5s.");
        }
    }
}
