package io.jenkins.plugins.deployfirst.watch;

import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.Sentences;
import java.time.Duration;

/**
 * The pauses of a watch that cannot do what its verdict asks for, because the host is away, or the agent that leads to it:
 * 5, 10, 15 s and so on, in the end a minute. The log hears of each new reason, and then of the 2nd, 4th, 8th … time.
 */
public final class Retries {
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private int count;
    private int alike;
    private String last = "";

    /**
     * Counts an attempt that has failed, and tells of it now and then.
     *
     * @param reason one line
     * @return how long to wait before the next one
     */
    public synchronized Duration next(String reason, Progress progress) {
        count++;
        alike = reason.equals(last) ? alike + 1 : 1;
        last = reason;
        Duration wanted = STEP.multipliedBy(count);
        Duration pause = wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
        if (Integer.bitCount(alike) == 1) {
            progress.warn(Sentences.join(reason, "Trying again in " + pause.toSeconds() + " s."));
        }
        return pause;
    }
}
