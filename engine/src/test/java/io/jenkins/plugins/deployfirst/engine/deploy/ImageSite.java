package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An environment whose releases are images of a real registry: a directory on the host with a compose file and no git, a
 * web server that is an image of its own, and a worker of the same image.
 */
final class ImageSite implements AutoCloseable {
    final ImageRegistry registry;
    private final Preprod preprod;
    private final String name;
    private final Path root;
    private final int port;
    private int count;
    private String image;

    private ImageSite(Preprod preprod, ImageRegistry registry, String name, Path root, int port) {
        this.preprod = preprod;
        this.registry = registry;
        this.name = name;
        this.root = root;
        this.port = port;
    }

    /** Sets one up on the host of another environment, with nothing running. */
    static ImageSite beside(Preprod preprod, ImageRegistry registry, String name, Path root) {
        try (ServerSocket socket = new ServerSocket(0)) {
            return new ImageSite(preprod, registry, name + "-" + preprod.stack.project(), root, socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes containers, files and what the host remembers; from now on its images have another name. */
    void startAnew() {
        close();
        count++;
        image = registry.host() + "/" + name + count;
        Tool.run(root, "rm", "-rf", directory().toString());
        Tool.write(directory().resolve("docker-compose.yml"), """
                version: "2.4"
                services:
                  web:
                    image: "%1$s:${IMAGE_TAG:-none}"
                    init: true
                    stop_grace_period: 1s
                    ports: ["127.0.0.1:%2$d:80"]
                  worker:
                    image: "%1$s:${IMAGE_TAG:-none}"
                    init: true
                    stop_grace_period: 1s
                    command: ["sleep", "100000"]
                """.formatted(image, port));
    }

    /** Has it take its images from where another one takes them. */
    void takeImagesOf(ImageSite other) {
        Path file = directory().resolve("docker-compose.yml");
        Tool.write(file, Tool.read(file).replace(image, other.image) + "\n");
        image = other.image;
    }

    Path directory() {
        return root.resolve("srv").resolve(name);
    }

    String project() {
        return name;
    }

    /** Returns the images' name, without a tag. */
    String image() {
        return image;
    }

    /** Builds an image whose page says this, of a commit; the host does not have it then. */
    void push(String tag, String page, String sha) {
        push(tag, page, sha, "");
    }

    /** Does the same with a tag that an image of the host has, which keeps it there. */
    void push(String tag, String page, String sha, String kept) {
        Path context = root.resolve("context" + name);
        Tool.write(context.resolve("www/index.html"), page);
        Tool.write(
                context.resolve("Dockerfile"),
                "FROM " + Stack.IMAGE + "\nCOPY www /www\nCMD [\"httpd\", \"-f\", \"-p\", \"80\", \"-h\", \"/www\"]\n"
                        + (sha.isEmpty() ? "" : "LABEL org.opencontainers.image.revision=" + sha + "\n"));
        registry.docker(
                context,
                "docker build -q -t \"$1\" .; docker push -q \"$1\";"
                        + " if [ -n \"$2\" ]; then docker tag \"$2\" \"$1\"; else docker rmi \"$1\"; fi",
                image + ":" + tag,
                kept);
    }

    Environment environment() {
        return with(it -> {});
    }

    Environment with(Consumer<EnvironmentBuilder> difference) {
        EnvironmentBuilder builder = new EnvironmentBuilder(preprod.environment());
        builder.name = name;
        builder.directory = directory().toString();
        builder.compose = new ComposeSettings(List.of(), Optional.of(name), ComposeSettings.Action.UP);
        builder.stateFile = Optional.empty();
        builder.image = Optional.of(new ImageSettings("IMAGE_TAG", "{sha}"));
        builder.secrets = new SecretSettings(Optional.of(registry.login()), Optional.empty());
        HttpCheck check = new HttpCheck(URI.create(url()), Map.of(), "200", "Welcome", "", "", "", 0, Duration.ZERO);
        builder.health = new HealthSettings(
                Optional.of(check),
                false,
                List.of(),
                Optional.empty(),
                preprod.environment().health().timing());
        difference.accept(builder);
        return builder.build();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    String page() {
        return Tool.run(root, "sh", "-c", "curl -fsS --max-time 2 " + url() + " 2>/dev/null || true");
    }

    /** Returns what tells which containers run, and since when. */
    String running() {
        return Tool.run(
                root,
                "sh",
                "-c",
                "docker ps -aq --filter label=com.docker.compose.project=" + name
                        + " | xargs -r docker inspect --format '{{.Id}} {{.Image}} {{.State.StartedAt}}' | sort");
    }

    /** Returns the id that the host has for an image; empty when it has none of that name. */
    String id(String image) {
        return Tool.run(root, "sh", "-c", "docker image inspect --format '{{.Id}}' " + image + " 2>/dev/null || true");
    }

    void env(String text) {
        Tool.write(directory().resolve(".env"), text);
    }

    /** Returns the file byte for byte, as Latin-1. */
    String env() {
        return bytes(directory().resolve(".env"));
    }

    static String bytes(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path state() {
        return preprod.stack.home().resolve(".deploy-first").resolve(name);
    }

    List<JournalEntry> journal() {
        Path file = state().resolve("journal.jsonl");
        return Files.exists(file) ? JournalEntry.parseAll(Tool.read(file)) : List.of();
    }

    List<String> events() {
        return journal().stream().map(entry -> entry.get("event")).toList();
    }

    JournalEntry lastEntry() {
        List<JournalEntry> entries = journal();
        return entries.get(entries.size() - 1);
    }

    String validated() {
        return Tool.read(state().resolve("last-validated-sha.txt"));
    }

    /** Removes its containers and its images. */
    @Override
    public void close() {
        Tool.run(
                root,
                "sh",
                "-c",
                "docker ps -aq --filter label=com.docker.compose.project=" + name
                        + " | xargs -r docker rm -f >/dev/null; docker network rm " + name
                        + "_default >/dev/null 2>&1; docker images --format '{{.Repository}}:{{.Tag}}' | grep -F -e '"
                        + name
                        + "' | xargs -r docker rmi -f >/dev/null 2>&1; true");
    }
}
