package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a watch reads CI and what counts.
 *
 * @param initialDelay before the first read; default 30 s
 * @param interval between reads, the shortest: far from the time at which CI usually ends it grows up to 60 s; default
 *     10 s
 * @param timeout the whole watch; default 5 min
 * @param checks names (globs) of the checks that are required; empty: all of them
 * @param ignoreChecks names (globs) of checks that never count
 * @param onTimeout what to do with the release when the checks are still pending at the end
 * @param onAbsent what to do with the release when no check ever appeared
 */
public record CiRules(
        Duration initialDelay,
        Duration interval,
        Duration timeout,
        List<String> checks,
        List<String> ignoreChecks,
        OnNoVerdict onTimeout,
        OnNoVerdict onAbsent) {

    public static final CiRules DEFAULTS = new CiRules(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            List.of(),
            List.of(),
            OnNoVerdict.KEEP,
            OnNoVerdict.KEEP);

    private static final Duration PATIENCE = Duration.ofHours(24);

    public CiRules {
        refuse("initialDelay", initialDelay.isNegative());
        refuse("interval", interval.isNegative() || interval.isZero());
        refuse("timeout", timeout.isNegative());
        checks = List.copyOf(checks);
        ignoreChecks = List.copyOf(ignoreChecks);
        ignoreChecks.forEach(CiRules::refuseToIgnoreAll);
        ignoreChecks.stream().filter(checks::contains).forEach(CiRules::refuseContradiction);
    }

    private static void refuseToIgnoreAll(String glob) {
        if (!glob.isEmpty() && glob.chars().allMatch(letter -> letter == '*')) {
            throw DeployFirstException.usage(
                    "ci.ignoreChecks: \"" + OneLine.of(glob, 20) + "\" leaves no check that counts.",
                    "Name the checks that never count, or leave out ci to deploy without watching CI.");
        }
    }

    private static void refuseContradiction(String glob) {
        throw DeployFirstException.usage(
                "ci.ignoreChecks: \"" + OneLine.of(glob, 100) + "\" is required by ci.checks, too.",
                "Remove it from one of the two.");
    }

    /**
     * Returns until when the host is tried again that could not be reached to do what the verdict asks for: 24 h after the
     * end of the watch's own time.
     *
     * @param startedAt when the watch began
     */
    public Instant triedUntil(Instant startedAt) {
        return startedAt.plus(timeout).plus(PATIENCE);
    }

    private static void refuse(String field, boolean wrong) {
        if (wrong) {
            throw DeployFirstException.usage(
                    "ci." + field + ": is too short.",
                    "Give a time such as 10s; only initialDelay and timeout may be 0.");
        }
    }

    /** What happens to a release without a verdict. */
    public enum OnNoVerdict {
        /** It stays live, not validated. */
        KEEP,
        /** The host goes back to the rollback point. */
        ROLLBACK
    }
}
