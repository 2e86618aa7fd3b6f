package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.command.ContainerReports;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Waits until containers that were brought up are well, tells what they have mounted over their image's code, and shows
 * what they log where they fail.
 */
final class Arrival {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final int LOG_LINES = 50;
    private static final int LOG_BYTES = 16 * 1024;
    private static final int LOGS = 5;

    private final Environment environment;
    private final Loan.Runner runner;
    private final Progress progress;
    private final List<String> ids;
    private final Map<String, String> told = new HashMap<>();

    Arrival(Environment environment, Loan.Runner runner, Progress progress, List<Container> containers) {
        this.environment = environment;
        this.runner = runner;
        this.progress = progress;
        this.ids = containers.stream().map(Container::id).toList();
    }

    /**
     * Waits for what Docker says of them. One with a health check is given the time that its check allows; one that is
     * started again and again the start period of the environment's gate. New ones without a check, which Docker takes for
     * running as soon as they are started, are looked at a second time.
     *
     * @param old the containers that were there before
     * @throws DeployFirstException when one has failed, or the time is over
     */
    void await(List<Container> old) throws InterruptedException {
        boolean settled = old.stream().map(Container::id).toList().containsAll(ids);
        long begin = System.nanoTime();
        Duration patience = environment.health().timing().startPeriod();
        while (true) {
            List<ContainerState> states = states();
            List<ContainerState> left =
                    states.stream().filter(state -> !state.isWell()).toList();
            if (states.size() < ids.size()) {
                throw DeployFirstException.unchanged(
                        "Of " + ids.size() + " containers that were brought up only " + states.size()
                                + " are still there.",
                        "");
            }
            settled |= states.stream().noneMatch(ContainerState::runsUnchecked);
            left.forEach(this::tell);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            boolean allChecking = left.stream().allMatch(state -> state.health().equals("starting"));
            Duration limit = allChecking ? environment.commandTimeout() : patience;
            if (left.isEmpty() && settled) {
                return;
            }
            if (left.stream().anyMatch(ContainerState::hasFailed) || elapsed.compareTo(limit) > 0) {
                throw DeployFirstException.unchanged(
                        left.stream()
                                        .map(state -> state.service() + " is " + state.describe())
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + " after " + DurationText.format(elapsed) + ".",
                        "");
            }
            Thread.sleep((left.isEmpty() ? SETTLING : PAUSE).toMillis());
            settled |= left.isEmpty();
        }
    }

    private void tell(ContainerState state) {
        if (!state.describe().equals(told.put(state.id(), state.describe()))) {
            progress.info(state.service() + ": " + state.describe());
        }
    }

    /** Warns of directories of the host that take the place of the code that an image carries. */
    void warnOfMounts() throws InterruptedException {
        List<BindMount> mounts = BindMount.parseAll(look());
        List<BindMount> inDirectory = mounts.stream()
                .filter(mount -> mount.isIn(environment.directory()))
                .toList();
        Set<String> sources =
                inDirectory.stream().map(BindMount::source).collect(Collectors.toCollection(LinkedHashSet::new));
        String tracked = sources.isEmpty()
                ? ""
                : runner.run("look at mounts", ContainerReports.tracked(environment.directory(), List.copyOf(sources)))
                        .value(ContainerReports.TRACKED);
        Set<String> code = tracked.lines().collect(Collectors.toSet());
        mounts.stream()
                .filter(mount -> mount.hidesCode()
                        || code.contains(mount.source())
                        || mount.source().equals(environment.directory()))
                .map(BindMount::warning)
                .distinct()
                .forEach(progress::warn);
    }

    /** Shows the end of the logs of those that are not well; when all of them are, of all: one of them gave a bad answer. */
    void showLogs() throws InterruptedException {
        List<ContainerState> states = states();
        List<ContainerState> unwell =
                states.stream().filter(state -> !state.isWell()).toList();
        List<ContainerState> shown = unwell.isEmpty() ? states : unwell;
        for (ContainerState state : shown.stream().limit(LOGS).toList()) {
            progress.warn("The end of the log of " + state.service() + " (" + state.describe() + "):");
            runner.run("log of " + state.service(), ContainerReports.log(state.id(), LOG_LINES, LOG_BYTES));
        }
        if (shown.size() > LOGS) {
            progress.warn("The logs of " + (shown.size() - LOGS) + " more are not shown.");
        }
    }

    private List<ContainerState> states() throws InterruptedException {
        return ContainerState.parseAll(look());
    }

    private String look() throws InterruptedException {
        if (ids.isEmpty()) {
            return "";
        }
        ScriptResult result = runner.run("look at containers", ContainerReports.states(ids));
        return result.value(ContainerReports.STATES);
    }
}
