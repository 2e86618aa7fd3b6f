package io.jenkins.plugins.deployfirst.engine.testing;

import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.MigrateSettings;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small product on a real host: a git origin, a checkout, and a compose project of a web server, whose pages are
 * mounted from the checkout and copied when it starts, and a worker that it depends on.
 */
public final class Stack implements AutoCloseable {
    /** The image that the containers run: nothing but a static busybox. */
    public static final String IMAGE = "deploy-first-test:busybox";

    private final Path home;
    private final Path root;
    private final ComposeProject project = new ComposeProject();
    private final int port = Ports.free();
    private final GitOrigin origin;
    private String first;

    private Stack(Path root) {
        this.root = root;
        this.home = root.resolve("home");
        this.origin = GitOrigin.start(root);
    }

    /** Sets it up, with a first release running. */
    public static Stack start(Path root) {
        Stack stack = new Stack(root);
        stack.build();
        return stack;
    }

    /** Builds the image where it is not there yet. */
    public static void buildImage(Path directory) {
        if (Tool.works("docker", "image", "inspect", IMAGE)) {
            return;
        }
        Path context = directory.resolve("image");
        Tool.write(
                context.resolve("Dockerfile"),
                "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n");
        Tool.run(context, "sh", "-c", "cp \"$(command -v busybox)\" busybox");
        Tool.run(context, "docker", "build", "-q", "-t", IMAGE, ".");
    }

    private void build() {
        buildImage(root);
        Tool.write(work().resolve("docker-compose.yml"), composeFile(""));
        Tool.write(work().resolve("health"), "ok");
        first = commit("First release", Map.of("index.html", "Welcome, release 1"));
        origin.cloneTo(checkout());
        Tool.run(checkout(), "docker-compose", "-p", project(), "up", "-d");
    }

    /** Puts the first release back into origin and checkout, and has the host forget everything. */
    public void startAnew() {
        Tool.run(
                checkout(),
                "sh",
                "-c",
                "git reset -q --hard \"$1\" && git clean -qffdx; rm -rf -- \"$2\" \"$3\"; for r in"
                        + " $(git for-each-ref --format='%(refname)' refs/deploy-first); do git update-ref -d \"$r\"; done",
                "sh",
                first,
                home.resolve(".deploy-first").toString(),
                stateFile().toString());
        origin.reset(first);
    }

    /** Returns the commit that ran before anything was deployed. */
    public String first() {
        return first;
    }

    /** Returns whether nobody holds the lock. */
    public boolean isFree() {
        return Tool.works("flock", "-n", checkout().toString(), "true");
    }

    /** Returns the compose file's text, with more lines for the web service. */
    public String composeFile(String more) {
        return """
                version: "2.4"
                services:
                  web:
                    image: %1$s
                    depends_on: [worker]
                    init: true
                    stop_grace_period: 1s
                    command: ["sh", "-c", "cp /app/index.html /app/health /www/; exec httpd -f -p 80 -h /www"]
                    volumes: [".:/app:ro"]
                    tmpfs: [/www]
                    ports: ["127.0.0.1:%2$d:80"]
                %3$s  worker:
                    image: %1$s
                    init: true
                    stop_grace_period: 1s
                    command: ["sleep", "100000"]
                """.formatted(IMAGE, port, more);
    }

    /** Commits files on main, pushes them to the origin, and returns the commit. */
    public String commit(String subject, Map<String, String> files) {
        return origin.commit(subject, files);
    }

    /** Commits a release whose page shows this text. */
    public String release(String text) {
        return commit("Say " + text, Map.of("index.html", "Welcome, " + text));
    }

    /** Returns the environment that this product is deployed to, on a host. */
    public Environment environment(HostSettings host) {
        return environment(host, Optional.empty());
    }

    /** Returns the environment with a migration. */
    public Environment environment(HostSettings host, Optional<MigrateSettings> migrate) {
        HttpCheck check = new HttpCheck(URI.create(url()), Map.of(), "200", "Welcome", "", "", "", 0, Duration.ZERO);
        GateTiming timing = new GateTiming(Duration.ofSeconds(2), 2, Duration.ofMillis(300), Duration.ofSeconds(5));
        CiRules rules = new CiRules(
                Duration.ZERO,
                Duration.ofMillis(100),
                Duration.ofSeconds(20),
                List.of(),
                List.of(),
                CiRules.OnNoVerdict.KEEP,
                CiRules.OnNoVerdict.KEEP);
        return new Environment(
                name(),
                host,
                checkout().toString(),
                new ComposeSettings(
                        List.of("docker-compose.yml"), Optional.of(project()), ComposeSettings.Action.RESTART),
                migrate,
                new HealthSettings(Optional.of(check), false, List.of(), Optional.empty(), timing),
                rules,
                Optional.of(stateFile().toString()),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                "origin");
    }

    /** Returns what the site shows now; empty when it does not answer. */
    public String page() {
        return Tool.run(root, "sh", "-c", "curl -fsS --max-time 2 " + url() + " 2>/dev/null || true");
    }

    /** Returns the commit that the host's checkout holds. */
    public String live() {
        return Tool.run(checkout(), "git", "rev-parse", "HEAD");
    }

    /** Returns the id of a service's container. */
    public String container(String service) {
        return project.container(service);
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    public String name() {
        return "preprod-" + project();
    }

    public String project() {
        return project.name();
    }

    /** Returns the home of the user that deploys. */
    public Path home() {
        return home;
    }

    public Path stateDirectory() {
        return home.resolve(".deploy-first").resolve(name());
    }

    public Path stateFile() {
        return root.resolve("var").resolve("last-validated-sha.txt");
    }

    public Path journal() {
        return stateDirectory().resolve("journal.jsonl");
    }

    public Path origin() {
        return origin.path();
    }

    /** Returns the developer's clone. */
    public Path work() {
        return origin.work();
    }

    /** Returns the host's checkout. */
    public Path checkout() {
        return root.resolve("srv").resolve("app");
    }

    /** Removes the containers. */
    @Override
    public void close() {
        project.close();
    }

    /** Makes the folder of the validated SHA's file, as an administrator does. */
    public Stack withStateFolder() {
        try {
            Files.createDirectories(stateFile().getParent());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
