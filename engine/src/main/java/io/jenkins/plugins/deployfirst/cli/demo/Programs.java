package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs programs of this machine, out of reach of the user's own git settings and of Ctrl-C: what is half done cannot be
 * cleared away, so that they come to their end.
 */
final class Programs {
    private static final long TIMEOUT_SECONDS = 60;
    /** For a program that is under way when this process is told to end. */
    private static final long PATIENCE_SECONDS = 8;

    /** Where sshd is, and what a user's own PATH leaves out as a rule. */
    private static final String ADMINISTRATORS_PATH = "/usr/local/sbin:/usr/sbin:/sbin";

    private final Map<String, String> variables;

    /**
     * Creates it.
     *
     * @param variables the environment variables of this process
     */
    Programs(Map<String, String> variables) {
        this.variables = new LinkedHashMap<>(variables);
        this.variables.keySet().removeIf(name -> name.startsWith("GIT_"));
        this.variables.put("GIT_CONFIG_GLOBAL", "/dev/null");
        this.variables.put("GIT_CONFIG_NOSYSTEM", "1");
        this.variables.put("LC_ALL", "C");
    }

    /** What a program came to; {@code output} holds both its streams, without white space around them. */
    record Result(boolean succeeded, String output) {
        /** Returns the last line that it printed, to be shown. */
        String lastLine() {
            String last = output.substring(output.lastIndexOf('\n') + 1);
            return last.isBlank() ? "it printed nothing" : OneLine.of(last, 200);
        }
    }

    /** Returns where a program is. */
    Optional<Path> find(String name) {
        return Stream.of((path() + File.pathSeparator + ADMINISTRATORS_PATH).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }

    String path() {
        return variables.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Runs a program, for at most a minute, to whatever end it comes. */
    Result tryRun(Path directory, Map<String, String> more, List<String> words) throws InterruptedException {
        Path output = null;
        try {
            // A file, because a process that the program leaves behind would hold a pipe open.
            output = Files.createTempFile("deploy-first-demo", ".out");
            ProcessBuilder builder = new ProcessBuilder(inSessionOfItsOwn(words))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(variables);
            builder.environment().putAll(more);
            int status = end(builder.start());
            return new Result(
                    status == 0,
                    Files.readString(output, StandardCharsets.ISO_8859_1).strip());
        } catch (IOException cannotStart) {
            return new Result(false, String.valueOf(cannotStart.getMessage()));
        } finally {
            if (output != null) {
                output.toFile().delete();
            }
        }
    }

    Result tryRun(Path directory, String... words) throws InterruptedException {
        return tryRun(directory, Map.of(), List.of(words));
    }

    /**
     * Runs a program to its successful end and returns what it printed.
     *
     * @throws DeployFirstException (FAILED_UNCHANGED) with the last line that it printed
     */
    String run(Path directory, String... words) throws InterruptedException {
        return run(directory, Map.of(), List.of(words));
    }

    String run(Path directory, Map<String, String> more, List<String> words) throws InterruptedException {
        Result result = tryRun(directory, more, words);
        if (!result.succeeded()) {
            throw DeployFirstException.unchanged(
                    "demo: \"" + String.join(" ", words) + "\" failed: " + result.lastLine() + ".",
                    "Try it with --stand-in, which needs less of this machine.");
        }
        return result.output();
    }

    /** Ctrl-C on a terminal goes to every process of the terminal's session. */
    private static List<String> inSessionOfItsOwn(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.add(0, "setsid");
        return all;
    }

    private static int end(Process process) throws InterruptedException {
        try {
            if (process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            return -1;
        } catch (InterruptedException told) {
            awaitEnd(process);
            throw told;
        } finally {
            process.destroy();
        }
    }

    /** Waits in another thread, because this one may be told again and again to end. */
    private static void awaitEnd(Process process) {
        process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle((end, late) -> end)
                .join();
    }
}
