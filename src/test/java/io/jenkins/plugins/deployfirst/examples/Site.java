package io.jenkins.plugins.deployfirst.examples;

import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import io.jenkins.plugins.deployfirst.engine.testing.ComposeProject;
import io.jenkins.plugins.deployfirst.engine.testing.Ports;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.List;

/** A directory on a host with the containers that run from it, a port of their own, and what the host remembers of it. */
final class Site implements AutoCloseable {
    final ComposeProject project = new ComposeProject();
    final int port = Ports.free();
    private final String environment;
    private final Path directory;
    private final Path home;

    /**
     * Names it.
     *
     * @param environment what jenkins.yaml calls it
     * @param home that of the user who deploys
     */
    Site(String environment, Path directory, Path home) {
        this.environment = environment;
        this.directory = directory;
        this.home = home;
    }

    Path directory() {
        return directory;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Returns what it shows at a path; empty when it does not answer. */
    String page(String path) {
        return run("curl -fsS --max-time 2 '" + url() + path + "' 2>/dev/null || true");
    }

    /** Runs a shell command in the directory. */
    String run(String command) {
        return Tool.run(directory, "sh", "-c", command);
    }

    /** Runs compose as the host's administrator does. */
    void compose(String file, String command) {
        run("docker-compose -f " + file + " -p " + project.name() + " " + command);
    }

    /** Returns what its .env holds, which compose reads. */
    String settings() {
        return Tool.read(directory.resolve(".env"));
    }

    /** Writes its .env, and with it the directory. */
    void settings(String... lines) {
        Tool.write(directory.resolve(".env"), String.join("\n", lines) + "\n");
    }

    /** Returns the image that a service's container runs, by its id. */
    String imageId(String service) {
        return project.inspect(service, "{{.Image}}");
    }

    /** Returns all containers with the time of their start: what changes when anything that runs is touched. */
    String running() {
        return run("docker ps -q --no-trunc --filter label=com.docker.compose.project=" + project.name()
                + " | sort | xargs -r docker inspect --format '{{.Id}} {{.State.StartedAt}}'");
    }

    List<JournalEntry> journal() {
        return JournalEntry.parseAll(Tool.read(stateDirectory().resolve("journal.jsonl")));
    }

    List<String> events() {
        return journal().stream().map(entry -> entry.get("event")).toList();
    }

    /** Makes the host forget everything about it. */
    void forget() {
        run("rm -rf '" + stateDirectory() + "'");
    }

    private Path stateDirectory() {
        return home.resolve(".deploy-first").resolve(environment);
    }

    @Override
    public void close() {
        project.close();
    }
}
