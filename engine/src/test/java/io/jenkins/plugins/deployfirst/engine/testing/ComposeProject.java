package io.jenkins.plugins.deployfirst.engine.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A compose project of its own on this machine's Docker, which removes what was started in its name. */
public final class ComposeProject implements AutoCloseable {
    private static final Path ANYWHERE = Path.of("/");

    private final String name = "df" + UUID.randomUUID().toString().substring(0, 8);

    public String name() {
        return name;
    }

    /** Returns how compose is started on this machine. */
    public static String command() {
        return Tool.works("docker", "compose", "version") ? "docker compose" : "docker-compose";
    }

    /** Returns the id of a service's container; empty when there is none. */
    public String container(String service) {
        return Tool.run(
                ANYWHERE,
                "docker",
                "ps",
                "-aq",
                "--filter",
                label("project", name),
                "--filter",
                label("service", service));
    }

    /** Returns what {@code docker inspect --format} says of a service's container. */
    public String inspect(String service, String format) {
        return Tool.run(ANYWHERE, "docker", "inspect", "--format", format, container(service));
    }

    /** Returns the services that have containers, running or not, in alphabetical order. */
    public List<String> services() {
        return Tool.run(
                        ANYWHERE,
                        "docker",
                        "ps",
                        "-a",
                        "--filter",
                        label("project", name),
                        "--format",
                        "{{.Label \"com.docker.compose.service\"}}")
                .lines()
                .sorted()
                .toList();
    }

    private static String label(String key, String value) {
        return "label=com.docker.compose." + key + "=" + value;
    }

    /** Removes its containers and its networks. */
    @Override
    public void close() {
        Tool.run(
                ANYWHERE,
                "sh",
                "-c",
                "docker ps -aq --filter \"$1\" | xargs -r docker rm -f >/dev/null;"
                        + " docker network ls -q --filter \"$1\" | xargs -r docker network rm >/dev/null 2>&1 || true",
                "sh",
                label("project", name));
    }
}
