package io.jenkins.plugins.deployfirst.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the command line as a process would, but inside the test: with a fake engine and captured output. */
final class CliRunner {
    final FakeEngine engine = new FakeEngine();
    final Map<String, String> variables = new LinkedHashMap<>();
    private final Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    CliRunner(Path directory) {
        this.directory = directory;
    }

    CliRunner withFile(String name, String yaml) {
        try {
            Files.writeString(directory.resolve(name), yaml);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return this;
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        Surroundings surroundings = new Surroundings(
                variables,
                directory,
                directory.resolve("home"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                ZoneOffset.ofHours(2),
                engine);
        return new Cli(surroundings).run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Returns standard output, which must be exactly one JSON object. */
    JsonNode json() {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(out());
        } catch (IOException notJson) {
            throw new AssertionError("not one JSON object: " + out(), notJson);
        }
    }
}
