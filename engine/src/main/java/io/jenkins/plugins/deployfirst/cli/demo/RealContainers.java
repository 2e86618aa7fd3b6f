package io.jenkins.plugins.deployfirst.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** This machine's Docker and compose, with an image that holds nothing but a static busybox, so that none is pulled. */
final class RealContainers implements Containers {
    private static final List<String> APPLETS = List.of("sh", "cp", "cat", "httpd");

    private final Programs programs;
    private final Places places;
    private final List<String> compose;
    private final String project;
    private final int port = FreePort.find();
    private String version = "";

    private RealContainers(Programs programs, Places places, List<String> compose, String project) {
        this.programs = programs;
        this.places = places;
        this.compose = compose;
        this.project = project;
    }

    /**
     * Finds Docker, builds the image and tries it.
     *
     * @param project also names the image
     * @throws NotHereException when something is missing, or containers do not see this machine's files
     */
    static RealContainers start(Programs programs, Places places, String project)
            throws NotHereException, InterruptedException {
        Path root = places.root();
        if (programs.find("docker").isEmpty()) {
            throw new NotHereException("docker is not installed");
        }
        Programs.Result version = programs.tryRun(root, "docker", "version", "--format", "{{.Server.Version}}");
        if (!version.succeeded()) {
            throw new NotHereException("the Docker daemon does not answer (" + version.lastLine() + ")");
        }
        Path busybox = programs.find("busybox").orElseThrow(() -> new NotHereException("busybox is not installed"));
        RealContainers containers = new RealContainers(programs, places, compose(programs, root), project);
        containers.version = version.lastLine();
        try {
            containers.buildImage(busybox);
            containers.tryImage();
            return containers;
        } catch (NotHereException | InterruptedException | RuntimeException e) {
            containers.close();
            throw e;
        }
    }

    private static List<String> compose(Programs programs, Path root) throws NotHereException, InterruptedException {
        if (programs.tryRun(root, "docker", "compose", "version").succeeded()) {
            return List.of("docker", "compose");
        }
        if (programs.tryRun(root, "docker-compose", "version").succeeded()) {
            return List.of("docker-compose");
        }
        throw new NotHereException("neither \"docker compose\" nor docker-compose works");
    }

    private void buildImage(Path busybox) throws NotHereException, InterruptedException {
        Path bin = places.docker().resolve("rootfs").resolve("bin");
        try {
            Files.createDirectories(bin);
            Files.copy(busybox, bin.resolve("busybox"));
            for (String applet : APPLETS) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
        } catch (IOException e) {
            throw Places.failure("cannot copy " + busybox, e);
        }
        Places.write(places.docker().resolve("Dockerfile"), "FROM scratch\nCOPY rootfs/ /\n");
        Programs.Result built = programs.tryRun(places.docker(), "docker", "build", "-q", "-t", image(), ".");
        if (!built.succeeded()) {
            throw new NotHereException("docker build failed (" + built.lastLine() + ")");
        }
    }

    /** A busybox that is not static does not start, and a daemon on another machine does not see the file. */
    private void tryImage() throws NotHereException, InterruptedException {
        Path folder = places.docker().resolve("probe");
        Places.write(folder.resolve("hello"), project);
        String mount = folder + ":/probe:ro";
        Programs.Result hello = programs.tryRun(
                places.root(),
                "docker",
                "run",
                "--rm",
                "--network",
                "none",
                "--label",
                label(),
                "-v",
                mount,
                image(),
                "cat",
                "/probe/hello");
        if (!hello.succeeded() || !hello.output().endsWith(project)) {
            throw new NotHereException(
                    "a container does not start, or does not see the files here (" + hello.lastLine() + ")");
        }
    }

    /** Returns what everything of the project carries: compose puts it there, and so does the trial. */
    private String label() {
        return "com.docker.compose.project=" + project;
    }

    private String image() {
        return project + ":demo";
    }

    @Override
    public String description() {
        return "real: Docker " + version + " with " + String.join(" ", compose)
                + ", an image of nothing but busybox, project " + project;
    }

    @Override
    public String project() {
        return project;
    }

    @Override
    public String composeFile() {
        return Containers.composeFile(image(), port);
    }

    @Override
    public void up(Path checkout) throws InterruptedException {
        List<String> words = new ArrayList<>(compose);
        words.addAll(List.of("-f", COMPOSE_FILE, "-p", project, "up", "-d"));
        programs.run(checkout, Map.of(), words);
    }

    @Override
    public URI site() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The host's home is another one, and with it the settings that lead to rootless and remote daemons would be lost. */
    @Override
    public Map<String, String> hostVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        Stream.of("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "XDG_RUNTIME_DIR")
                .forEach(name -> programs.variable(name).ifPresent(value -> variables.put(name, value)));
        Optional<Path> settings =
                programs.variable("HOME").map(home -> Path.of(home, ".docker")).filter(Files::isDirectory);
        settings.ifPresent(folder -> variables.putIfAbsent("DOCKER_CONFIG", folder.toString()));
        return variables;
    }

    @Override
    public void close() throws InterruptedException {
        String label = "label=" + label();
        removeAll(List.of("docker", "rm", "--force", "--volumes"), "docker", "ps", "-aq", "--filter", label);
        removeAll(List.of("docker", "network", "rm"), "docker", "network", "ls", "-q", "--filter", label);
        removeAll(List.of("docker", "image", "rm", "--force"), "docker", "images", "-q", image());
    }

    private void removeAll(List<String> remove, String... list) throws InterruptedException {
        List<String> ids = programs.run(places.root(), list).lines().toList();
        if (!ids.isEmpty()) {
            List<String> words = new ArrayList<>(remove);
            words.addAll(ids);
            programs.run(places.root(), Map.of(), words);
        }
    }
}
