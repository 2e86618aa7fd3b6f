package io.jenkins.plugins.deployfirst.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Who runs the command, for the journal and for whoever waits for the lock. */
record Caller(Map<String, String> variables) {
    private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    /** Returns {@code user@machine}. */
    String who() {
        return Printable.oneLine(System.getProperty("user.name", "unknown") + "@" + machine());
    }

    /** Returns the address of the Jenkins or GitLab build that runs the command; empty when none does. */
    String build() {
        return first("BUILD_URL", "CI_JOB_URL").map(Printable::oneLine).orElse("");
    }

    private String machine() {
        // Not InetAddress.getLocalHost: that asks DNS, and a broken resolver would cost seconds.
        return kernelHostname().or(() -> first("HOSTNAME", "COMPUTERNAME")).orElse("localhost");
    }

    private static Optional<String> kernelHostname() {
        try {
            return Optional.of(Files.readString(KERNEL_HOSTNAME).strip());
        } catch (IOException otherSystem) {
            return Optional.empty();
        }
    }

    private Optional<String> first(String... names) {
        for (String name : names) {
            String value = variables.getOrDefault(name, "");
            if (!value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
