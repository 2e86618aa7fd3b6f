package io.jenkins.plugins.deployfirst.cli;

import java.time.Duration;

/** The entry of {@code deploy-first.jar}. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments name and exits with its code. */
    public static void main(String[] arguments) {
        Interruption interruption = new Interruption(Thread.currentThread(), Duration.ofSeconds(20));
        interruption.onShutdown();
        int exitCode;
        try {
            exitCode = new Cli(Surroundings.ofProcess(new DefaultEngine())).run(arguments);
        } finally {
            interruption.finished();
        }
        System.exit(exitCode);
    }
}
