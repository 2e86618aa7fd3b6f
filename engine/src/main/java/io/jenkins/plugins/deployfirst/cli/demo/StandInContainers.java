package io.jenkins.plugins.deployfirst.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the place of Docker, compose and the container: a shell script that understands what the engine's scripts ask of
 * them, and a web server in this process. What the script copies when it starts the "container" is what the server shows.
 */
final class StandInContainers implements Containers {
    private final Programs programs;
    private final Path bin;
    private final Path page;
    private final String project;
    private final HttpServer server;
    private final String reason;

    private StandInContainers(Programs programs, Places places, String project, HttpServer server, String reason) {
        this.programs = programs;
        this.bin = places.docker().resolve("bin");
        this.page = places.docker().resolve("container").resolve("index.html");
        this.project = project;
        this.server = server;
        this.reason = reason;
    }

    /**
     * Starts the web server and installs the script.
     *
     * @param reason why Docker itself is not used, after "because"
     */
    static StandInContainers start(Programs programs, Places places, String project, String reason) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            StandInContainers containers = new StandInContainers(programs, places, project, server, reason);
            containers.installScript();
            server.createContext("/", containers::answer);
            server.start();
            return containers;
        } catch (IOException e) {
            throw Places.failure("cannot start the stand-in for Docker", e);
        }
    }

    private void installScript() throws IOException {
        Files.createDirectories(bin);
        Files.createDirectories(page.getParent());
        Path script = bin.resolve("docker");
        try (InputStream text = StandInContainers.class.getResourceAsStream("docker.sh")) {
            Files.copy(text, script);
        }
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<byte[]> text = readPage();
            byte[] body = text.orElse("The container is being restarted.\n".getBytes(StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(text.isPresent() ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Optional<byte[]> readPage() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(page));
        } catch (NoSuchFileException stopped) {
            return Optional.empty();
        }
    }

    @Override
    public String description() {
        return "stand-in: a script named docker and a web server in this process, because " + reason;
    }

    @Override
    public String project() {
        return project;
    }

    @Override
    public String composeFile() {
        return Containers.composeFile("busybox", server.getAddress().getPort());
    }

    @Override
    public void up(Path checkout) throws InterruptedException {
        programs.run(
                checkout,
                Map.of(),
                List.of(bin.resolve("docker").toString(), "compose", "-f", COMPOSE_FILE, "-p", project, "up", "-d"));
    }

    @Override
    public URI site() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public Map<String, String> hostVariables() {
        return Map.of("PATH", bin + ":" + programs.path());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
