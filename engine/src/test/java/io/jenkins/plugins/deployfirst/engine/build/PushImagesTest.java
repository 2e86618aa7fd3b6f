package io.jenkins.plugins.deployfirst.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Brings images to a real registry that asks for a password. */
@ExtendWith(RealHost.class)
class PushImagesTest {
    @TempDir
    private Path root;

    private ImageRegistry registry;
    private Shop shop;

    @BeforeEach
    void start() {
        registry = ImageRegistry.start(root.resolve("registry"));
        shop = new Shop(root);
        shop.registry = Optional.of(registry.login());
        shop.push = true;
        shop.tags = List.of("latest", "{shortSha}");
        // The user's own configuration, which must stay as it is.
        shop.variables = Map.of("DOCKER_CONFIG", root.resolve("users").toString());
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(shop.leftovers()).isEmpty();
        assertThat(Tool.read(root.resolve("users").resolve("config.json"))).isEmpty();
        assertThat(shop.told).noneMatch(line -> line.contains("s3cret"));
        shop.close();
        registry.close();
    }

    @Test
    void everyTagIsPushedAndTheDigestIsReadBack() throws Exception {
        shop.service("backend", "RUN echo backend > /name").service("frontend", "RUN echo frontend > /name");
        String sha = shop.commit();

        BuildImagesResult result = shop.build();

        BuiltImage backend = result.images().get(0);
        assertThat(backend.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(backend.reference())
                .isEqualTo(registry.host() + "/" + shop.name("backend") + "@" + backend.digest());
        for (String reference : List.of("latest", sha.substring(0, 7), backend.digest())) {
            assertThat(registry.holds(shop.name("backend"), reference)).isTrue();
        }
        assertThat(registry.holds(shop.name("frontend"), "latest")).isTrue();
        assertThat(result.toMap().get("digests"))
                .isEqualTo(Map.of(
                        shop.name("backend"), backend.reference(),
                        shop.name("frontend"), result.images().get(1).reference()));
        assertThat(shop.told).anyMatch(line -> line.startsWith("[" + shop.name("backend") + "] latest: digest: "));
    }

    @Test
    void nothingIsPushedWhenOneImageFails() {
        shop.concurrency = 1;
        shop.service("backend").service("frontend", "RUN false");

        assertThatThrownBy(shop::build).hasMessageContaining(shop.name("frontend"));

        assertThat(registry.catalog()).isEqualTo("{\"repositories\":[]}");
    }

    @Test
    void aRefusedLoginIsToldBeforeAnythingIsBuilt() {
        shop.registry = Optional.of(new Registry(registry.host(), ImageRegistry.USER, "wr0ng"));
        shop.service("backend");

        assertThatThrownBy(shop::build)
                .hasMessageStartingWith("registry: the login is refused: ")
                .hasMessageContaining("401")
                .hasMessageNotContaining("wr0ng");

        assertThat(shop.told).doesNotContain("begin build " + shop.name("backend"));
    }

    @Test
    void aRefusedPushNamesTheImage() {
        shop.registry = Optional.of(new Registry(registry.host(), "", ""));
        shop.service("backend");

        assertThatThrownBy(shop::build)
                .hasMessageStartingWith(
                        "The push of the image " + shop.name("backend") + " failed with exit status 1: ")
                .hasMessageContaining("no basic auth credentials");
    }

    @Test
    void theCacheImageIsPulledWithTheLogin() throws Exception {
        shop.dockerfile("backend/Dockerfile", "RUN head -c 8 /dev/urandom > /layer");
        shop.images.add(shop.image(
                "backend", "backend", Optional.empty(), Map.of(), List.of(shop.name("backend") + ":{branchSlug}")));
        shop.tags = List.of("{branchSlug}");
        String first = shop.build().images().get(0).id();
        Tool.run(root, "docker", "rmi", registry.host() + "/" + shop.name("backend") + ":main");
        Tool.write(
                shop.workspace.resolve("backend/Dockerfile"),
                Tool.read(shop.workspace.resolve("backend/Dockerfile")) + "\n# again\n");

        assertThat(shop.build().images().get(0).id()).isEqualTo(first);
        assertThat(shop.usedCache("backend")).isTrue();
    }
}
