package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.cli.demo.Ending.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes the times of the story. */
final class Stopwatch {
    private final List<Moment> moments = new ArrayList<>();
    private long start = System.nanoTime();
    private long push = start;

    void start() {
        start = System.nanoTime();
    }

    /** A release has been pushed: its moments count from now. */
    void pushed() {
        push = System.nanoTime();
    }

    void moment(Shop.Release release, String text) {
        momentAhead(release, Duration.ZERO, text);
    }

    /** Notes what will happen after a while. */
    void momentAhead(Shop.Release release, Duration ahead, String text) {
        Duration sincePush = Duration.ofNanos(System.nanoTime() - push).plus(ahead);
        moments.add(new Moment(release.toString(), sincePush, text));
    }

    List<Moment> moments() {
        return List.copyOf(moments);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
