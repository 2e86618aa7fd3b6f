package io.jenkins.plugins.deployfirst.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * What a process gives its command: everything outside that the command reads, writes or starts.
 *
 * @param variables the environment variables
 * @param directory the working directory
 * @param home the user's home directory
 * @param out standard output: results
 * @param err standard error: progress and errors
 * @param terminal whether somebody sits before {@code err}
 * @param zone the time zone that times are shown in
 * @param engine what does the work
 */
record Surroundings(
        Map<String, String> variables,
        Path directory,
        Path home,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        ZoneId zone,
        Engine engine) {

    static Surroundings ofProcess(Engine engine) {
        return new Surroundings(
                System.getenv(),
                Path.of(""),
                userHome(),
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                isTerminal(),
                ZoneId.systemDefault(),
                engine);
    }

    /** Returns what a shell calls {@code ~}; Java's own idea of it comes from the user database. */
    private static Path userHome() {
        return Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home")));
    }

    /** Returns whether colours are welcome: on a terminal, unless NO_COLOR is set (https://no-color.org). */
    boolean colours() {
        return terminal && variables.getOrDefault("NO_COLOR", "").isEmpty();
    }

    Palette palette() {
        return new Palette(colours());
    }

    Reporter reporter(boolean json) {
        return new Reporter(out, err, palette(), json);
    }

    private static boolean isTerminal() {
        // Java 17 tells only whether standard input and output both are one; good enough to decide on decoration.
        return System.console() != null && !"dumb".equals(System.getenv("TERM"));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, charset());
    }

    private static Charset charset() {
        // JSON and commit messages are UTF-8, whatever locale a build agent was started with; a Windows console is not.
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return windows ? Charset.forName(System.getProperty("native.encoding", "UTF-8")) : StandardCharsets.UTF_8;
    }
}
