package io.jenkins.plugins.deployfirst.engine.testing;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.command.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A real image registry on a port of its own on loopback, which lets nobody in without a password. */
public final class ImageRegistry implements AutoCloseable {
    public static final String USER = "builder";

    /** A password that a shell would understand as something else when it was not quoted. */
    public static final String PASSWORD = "s3cret \"pass'$(touch gone) wörd";

    /** The password as bcrypt has it, which is the only form that the registry takes. */
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuun4ReHmWUkborCrtuCp2cp1r3328Vo3O";

    private final Path directory;
    private final int port;
    private final Process process;

    private ImageRegistry(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param directory takes its images and its log
     */
    public static ImageRegistry start(Path directory) {
        try {
            int port = Ports.free();
            Path users = directory.resolve("htpasswd");
            Tool.write(users, USER + ":" + HASH + "\n");
            Tool.write(directory.resolve("config.yml"), """
                    version: 0.1
                    storage:
                      filesystem: { rootdirectory: "%s" }
                      delete: { enabled: true }
                    http: { addr: "127.0.0.1:%d" }
                    auth:
                      htpasswd: { realm: test, path: "%s" }
                    """.formatted(directory.resolve("images"), port, users));
            Process process = new ProcessBuilder("docker-registry", "serve", "config.yml")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("registry.log").toFile())
                    .start();
            ImageRegistry registry = new ImageRegistry(directory, port, process);
            await().ignoreExceptions().until(() -> registry.status("") == 401);
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the registry with a login that it lets in. */
    public Registry login() {
        return new Registry("http://" + host(), USER, PASSWORD);
    }

    /** Puts an image of this machine into the registry, and leaves this machine without the name that it has there. */
    public String push(String image, String name) {
        String there = host() + "/" + name;
        logIn(directory.resolve("pusher"));
        String push = "docker tag \"$1\" \"$2\" && docker push -q \"$2\" && docker rmi \"$2\"";
        Map<String, String> login =
                Map.of("DOCKER_CONFIG", directory.resolve("pusher").toString());
        Tool.run(directory, login, "sh", "-c", push, "sh", image, there);
        return there;
    }

    /** Makes a configuration of Docker's command that is logged in. */
    public void logIn(Path configuration) {
        String logIn = "printf %s \"$1\" | docker --config \"$2\" login -u \"$3\" --password-stdin \"$4\"";
        Tool.run(directory, "sh", "-c", logIn, "sh", PASSWORD, configuration.toString(), USER, host());
    }

    /** Returns what stands before the names of its images. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Returns whether it holds an image, named by its tag or its digest. */
    public boolean holds(String repository, String reference) {
        return status(repository + "/manifests/" + reference) == 200;
    }

    /** Returns the names of all repositories, as JSON. */
    public String catalog() {
        return Tool.run(directory, "curl", "-fsS", "-u", USER + ":" + PASSWORD, "http://" + host() + "/v2/_catalog");
    }

    /** Runs a shell command, with arguments from {@code $1} on, whose Docker is logged in here. */
    public void docker(Path working, String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                "sh",
                "-c",
                "printf %s \"$PASSWORD\" | docker login -u \"$1\" --password-stdin \"$2\"; shift 2; set -e; " + command,
                "sh",
                USER,
                host()));
        words.addAll(List.of(arguments));
        Tool.run(
                working,
                Map.of(
                        "PASSWORD",
                        PASSWORD,
                        "DOCKER_CONFIG",
                        directory.resolve("client").toString()),
                words.toArray(String[]::new));
    }

    private int status(String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + host() + "/v2/" + path).toURL().openConnection();
            connection.setRequestProperty("Accept", "application/vnd.docker.distribution.manifest.v2+json");
            if (!path.isEmpty()) {
                String login =
                        Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
                connection.setRequestProperty("Authorization", "Basic " + login);
            }
            return connection.getResponseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
    }
}
