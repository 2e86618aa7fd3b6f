package io.jenkins.plugins.deployfirst.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.deployfirst.engine.testing.ComposeProject;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.Ports;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A hosting platform: whoever calls its secret deploy hook has it pull the image web:latest, and run that. */
final class Platform implements AutoCloseable {
    /** The part of the hook's address that nobody may see. */
    static final String SECRET = "HookSecretOfTheTests";

    private final Path directory;
    private final ImageRegistry registry;
    private final ComposeProject project = new ComposeProject();
    private final int port = Ports.free();
    private final HttpServer server;
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private final List<Integer> given = new CopyOnWriteArrayList<>();

    private Platform(Path directory, ImageRegistry registry, HttpServer server) {
        this.directory = directory;
        this.registry = registry;
        this.server = server;
    }

    static Platform start(Path directory, ImageRegistry registry) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Platform platform = new Platform(directory, registry, server);
        server.createContext("/deploy/" + SECRET, platform::answer);
        server.start();
        return platform;
    }

    String hook() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/deploy/" + SECRET;
    }

    /** Returns where what it runs answers. */
    String url() {
        return "http://127.0.0.1:" + port + "/version.json";
    }

    /** Has the hook answer with these statuses, one after the other, and do nothing; afterwards it works. */
    void answer(Integer... statuses) {
        answers.clear();
        answers.addAll(List.of(statuses));
        given.clear();
    }

    /** Returns what the hook has answered since it was told what to answer. */
    List<Integer> answers() {
        return new ArrayList<>(given);
    }

    /** Returns what the site answers now; empty when it does not. */
    String page() {
        return Tool.run(directory, "sh", "-c", "curl -fsS --max-time 2 " + url() + " 2>/dev/null || true");
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = answers.isEmpty() ? 200 : answers.remove(0);
        if (status == 200) {
            deploy();
        }
        given.add(status);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void deploy() {
        registry.docker(
                directory,
                "docker pull -q \"$1\"; docker rm -f \"$2\"; docker run -d --init --name \"$2\" --label \"$3\" -p \"$4\" \"$1\"",
                registry.host() + "/web:latest",
                project.name() + "_web",
                "com.docker.compose.project=" + project.name(),
                "127.0.0.1:" + port + ":8000");
    }

    @Override
    public void close() {
        server.stop(0);
        project.close();
    }
}
