package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.List;

/**
 * How a container is.
 *
 * @param health as Docker tells it; {@code -} for one without a health check
 * @param restartPolicy when Docker starts it again by itself
 */
record ContainerState(
        String id, String service, String status, String health, String exitStatus, String restartPolicy) {

    /** Reads what a script reported, one container a line; other lines are passed over. */
    static List<ContainerState> parseAll(String lines) {
        return lines.lines()
                .map(line -> line.split("\\|", -1))
                .filter(parts -> parts.length == 7 && parts[0].equals("state"))
                .map(parts -> new ContainerState(parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]))
                .toList();
    }

    /** Returns whether it does what it is for: it runs, or it was to run once and has succeeded. */
    boolean isWell() {
        return status.equals("running")
                ? runsUnchecked() || health.equals("healthy")
                : status.equals("exited") && exitStatus.equals("0") && !isStartedAgain();
    }

    /** Returns whether Docker has come to the end with it, and it is not well. */
    boolean hasFailed() {
        return status.equals("running")
                ? health.equals("unhealthy")
                : status.equals("dead") || status.equals("exited") && !isWell() && !isStartedAgain();
    }

    private boolean isStartedAgain() {
        return restartPolicy.equals("always")
                || restartPolicy.equals("unless-stopped")
                || restartPolicy.equals("on-failure") && !exitStatus.equals("0");
    }

    /** Returns whether it runs, and nothing but that is known. */
    boolean runsUnchecked() {
        return status.equals("running") && (health.equals("-") || health.equals("none"));
    }

    /** Tells how it is, in a few words. */
    String describe() {
        return switch (status) {
            case "running" -> health.equals("-") ? "running" : health;
            case "exited", "dead", "restarting" -> status + " (exit status " + exitStatus + ")";
            default -> status;
        };
    }
}
