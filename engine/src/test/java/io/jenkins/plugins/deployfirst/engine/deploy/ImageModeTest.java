package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Deployments of images from a real registry, to a directory without git. */
@ExtendWith(RealHost.class)
class ImageModeTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);

    @TempDir
    static Path root;

    private static Preprod preprod;
    private static ImageRegistry registry;
    private static ImageSite site;

    @BeforeAll
    static void start() {
        preprod = Preprod.start(root);
        registry = ImageRegistry.start(root.resolve("registry"));
        site = ImageSite.beside(preprod, registry, "site", root);
    }

    @AfterAll
    static void end() {
        site.close();
        registry.close();
        preprod.close();
    }

    @BeforeEach
    void startAnew() {
        preprod.startAnew();
        site.startAnew();
    }

    @Test
    void aReleaseIsPulledMigratedAndBroughtUpAndItsTagStandsInTheEnvFile() throws Exception {
        site.push(A, "Welcome, 1", A);
        site.push(B, "Welcome, 2", B);

        DeployResult first = preprod.deploy(site.environment(), A);

        assertThat(first.error()).isEmpty();
        assertThat(first.outcome()).isEqualTo(Outcome.DONE);
        assertThat(site.page()).isEqualTo("Welcome, 1");
        assertThat(site.env()).isEqualTo("IMAGE_TAG=" + A + "\n");

        DeployResult second = preprod.deploy(site.with(it -> it.migrate("cat /www/index.html", "")), B);

        assertThat(second.error()).isEmpty();
        assertThat(second.previousSha()).isEqualTo(A);
        assertThat(Preprod.names(second.phases()))
                .containsExactly(
                        "connect",
                        "lock",
                        "fetch",
                        "registry login",
                        "compose config",
                        "images",
                        "migrate",
                        "reset",
                        "up",
                        "gate",
                        "journal");
        assertThat(preprod.output).contains("Welcome, 2");
        assertThat(site.page()).isEqualTo("Welcome, 2");
        assertThat(site.env()).isEqualTo("IMAGE_TAG=" + B + "\n");
        String id = site.id(site.image() + ":" + B);
        assertThat(site.lastEntry().fields())
                .containsEntry("event", "deploy.succeeded")
                .containsEntry("sha", B)
                .containsEntry("tag", B)
                .containsEntry("previousTag", A)
                .containsEntry(
                        "images",
                        "web=" + site.image() + ":" + B + "@" + id + " worker=" + site.image() + ":" + B + "@" + id);
        assertThat(second.images())
                .first()
                .isEqualTo(new DeployResult.ImageChange(
                        "web", site.image() + ":" + B, site.id(site.image() + ":" + A), id));
        assertThat(site.id("deploy-first/" + site.environment().name() + "/web:live"))
                .isEqualTo(id);
        assertThat(Files.exists(site.directory().resolve(".git"))).isFalse();
    }
}
