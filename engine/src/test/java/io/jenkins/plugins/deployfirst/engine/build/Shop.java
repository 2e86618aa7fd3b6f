package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Told;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.engine.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A repository with images to build, under names that no other test uses, and what its builds say. */
final class Shop implements AutoCloseable {
    private final Told progress = new Told();
    final List<String> told = progress.lines;

    final Path workspace;
    final Path temporary;
    final String prefix = "df" + UUID.randomUUID().toString().substring(0, 8);
    final List<ImageSettings> images = new ArrayList<>();
    List<String> tags = List.of();
    Optional<Registry> registry = Optional.empty();
    boolean push;
    int concurrency = 2;
    Optional<SubmoduleSettings> submodules = Optional.empty();
    Optional<CommitSha> sha = Optional.empty();
    Optional<String> branch = Optional.of("main");
    Map<String, String> variables = Map.of();
    Duration timeout = Duration.ofMinutes(2);

    /** Makes it, with a first commit. */
    Shop(Path root) {
        workspace = root.resolve("workspace of a job");
        temporary = root.resolve("tmp");
        Tool.run(root, "mkdir", "-p", temporary.toString());
        Stack.buildImage(root);
        Tool.run(root, "git", "init", "-q", "-b", "main", workspace.toString());
        git("config", "user.name", "Ada Lovelace");
        git("config", "user.email", "ada@example.com");
        commit();
    }

    /** Returns whether the build of an image printed a line that ends so; BuildKit begins each with a step and a time. */
    boolean printed(String service, String end) {
        return told.stream().anyMatch(line -> line.startsWith("[" + name(service) + "] ") && line.endsWith(end));
    }

    /** Returns whether the build of an image took a layer from its cache, as either builder says it. */
    boolean usedCache(String service) {
        return printed(service, " ---> Using cache") || printed(service, " CACHED");
    }

    String git(String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(words));
        return Tool.run(workspace, command.toArray(String[]::new));
    }

    /** Commits everything and returns the commit. */
    String commit() {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", "Change");
        return git("rev-parse", "HEAD");
    }

    /** Adds a service with a folder of its name, whose Dockerfile goes on with these lines. */
    Shop service(String name, String... lines) {
        dockerfile(name + "/Dockerfile", lines);
        images.add(image(name));
        return this;
    }

    void dockerfile(String path, String... lines) {
        Tool.write(workspace.resolve(path), "FROM " + Stack.IMAGE + "\n" + String.join("\n", lines) + "\n");
    }

    String name(String service) {
        return prefix + "-" + service;
    }

    ImageSettings image(String service) {
        return image(service, service, Optional.empty(), Map.of(), List.of());
    }

    ImageSettings image(
            String service,
            String context,
            Optional<String> dockerfile,
            Map<String, String> buildArgs,
            List<String> cacheFrom) {
        return new ImageSettings(name(service), context, dockerfile, Optional.empty(), buildArgs, cacheFrom, Map.of());
    }

    BuildImagesRequest request() {
        Map<String, String> all = new HashMap<>(variables);
        all.put("TMPDIR", temporary.toString());
        return new BuildImagesRequest(
                new Workspace(workspace.toString(), all),
                images,
                tags,
                registry,
                push,
                concurrency,
                submodules,
                sha,
                branch,
                timeout);
    }

    BuildImagesResult build() throws InterruptedException {
        return new BuildImagesFlow(request(), progress).run();
    }

    /** Returns a part of what Docker knows of an image, by a Go template. */
    String inspect(String image, String format) {
        return Tool.run(workspace, "docker", "image", "inspect", "--format", format, image);
    }

    boolean isThere(String image) {
        return Tool.works("docker", "image", "inspect", image);
    }

    /** Returns what is left of a flow's own directory. */
    String leftovers() {
        return Tool.run(temporary, "ls", "-A");
    }

    /** Removes its images. */
    @Override
    public void close() {
        Tool.run(
                workspace,
                "sh",
                "-c",
                "docker images --format '{{.Repository}}:{{.Tag}}' | grep -F " + prefix
                        + " | xargs -r docker rmi -f >/dev/null");
    }
}
