package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.cli.demo.Shop.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/** The throw-away host as a scene for someone else's story: two commits are pushed, and a file tells where everything is. */
final class Scene {
    /** Long enough to see in a browser that the release is live while CI runs. */
    private static final Duration CI_TIME = Duration.ofSeconds(8);

    private final Audience audience;
    private final ThrowAwayHost host;

    Scene(Audience audience, ThrowAwayHost host) {
        this.audience = audience;
        this.host = host;
    }

    /**
     * Pushes a good and a bad commit, writes the file, and waits until the process is told to end.
     *
     * @param file Java properties; it appears when everything is ready
     */
    void serve(Path file) throws InterruptedException {
        Properties properties = host.properties();
        properties.setProperty("good", push("Sell pears", Story.GOOD_PAGE, true).sha());
        properties.setProperty(
                "bad", push("Simplify the prices", Story.BAD_PAGE, false).sha());
        write(properties, file);
        audience.say("Ready: " + file);
        new CountDownLatch(1).await();
    }

    private Release push(String subject, String page, boolean ciSucceeds) throws InterruptedException {
        Release release = host.shop().push(subject, page);
        host.ci().beginWhenAsked(release.sha(), CI_TIME, ciSucceeds);
        return release;
    }

    private static void write(Properties properties, Path file) {
        try {
            Path complete = file.resolveSibling(file.getFileName() + ".new");
            try (var writer = Files.newBufferedWriter(complete, StandardCharsets.UTF_8)) {
                properties.store(writer, null);
            }
            Files.move(complete, file);
        } catch (IOException e) {
            throw Places.failure("cannot write " + file, e);
        }
    }
}
