package io.jenkins.plugins.deployfirst.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Builds on a real Docker, without a registry. */
@ExtendWith(RealHost.class)
class BuildImagesTest {
    @TempDir
    private Path root;

    private Shop shop;

    @BeforeEach
    void start() {
        shop = new Shop(root);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(shop.leftovers()).isEmpty();
        shop.close();
    }

    @Test
    void everyImageGetsItsTagsAndTheCommitItWasBuiltFrom() throws Exception {
        shop.service("backend", "RUN echo built > /built").service("frontend", "RUN echo built > /built");
        String sha = shop.commit();
        shop.branch = Optional.of("feature/New_Basket");

        BuildImagesResult result = shop.build();

        for (String service : List.of("backend", "frontend")) {
            for (String tag : List.of("latest", sha, sha.substring(0, 7), "feature-new-basket")) {
                assertThat(shop.inspect(
                                shop.name(service) + ":" + tag,
                                "{{index .Config.Labels \"" + ImageSettings.REVISION + "\"}}"))
                        .isEqualTo(sha);
            }
        }
        BuiltImage backend = result.images().get(0);
        assertThat(backend.name()).isEqualTo(shop.name("backend"));
        assertThat(backend.id()).isEqualTo(shop.inspect(shop.name("backend"), "{{.Id}}"));
        assertThat(result.toMap()).containsEntry("digests", Map.of()).containsEntry("sha", sha);
        assertThat(shop.told).contains("done build " + shop.name("backend"), "done build " + shop.name("frontend"));
        assertThat(shop.told)
                .anyMatch(line -> line.matches("\\[" + shop.name("backend") + "] .*RUN echo built > /built"));
    }

    @Test
    void withoutABranchTheDefaultTagsGoWithoutIt() throws Exception {
        shop.service("backend");
        String sha = shop.commit();
        shop.git("checkout", "-q", "--detach");
        shop.branch = Optional.empty();

        assertThat(shop.build().images().get(0).tags()).containsExactly("latest", sha, sha.substring(0, 7));
    }

    @Test
    void contextDockerfileTargetArgumentsAndLabelsReachTheBuilder() throws Exception {
        String awkward = "it's \"two words\" $HOME $(touch gone) ü";
        shop.dockerfile("docker files/Dockerfile.dev", "ARG WHO", "RUN echo \"$WHO\" > /who", "COPY page /page");
        Tool.write(
                shop.workspace.resolve("docker files/Dockerfile.dev"),
                Tool.read(shop.workspace.resolve("docker files/Dockerfile.dev")).replaceFirst("(FROM .*)", "$1 AS dev")
                        + "\nFROM dev AS prod\nRUN echo prod > /prod\n");
        Tool.write(shop.workspace.resolve("front end/page"), "Welcome");
        shop.images.add(new ImageSettings(
                shop.name("frontend"),
                "front end",
                Optional.of("docker files/Dockerfile.dev"),
                Optional.of("dev"),
                Map.of("WHO", awkward),
                List.of(),
                Map.of("com.example.note", "two words")));
        shop.tags = List.of("latest");

        shop.build();

        String image = shop.name("frontend");
        assertThat(Tool.run(root, "docker", "run", "--rm", image, "cat", "/who", "/page"))
                .isEqualTo(awkward + "\nWelcome");
        assertThat(Tool.works("docker", "run", "--rm", image, "cat", "/prod")).isFalse();
        assertThat(shop.inspect(image, "{{index .Config.Labels \"com.example.note\"}}"))
                .isEqualTo("two words");
    }

    @Test
    void aFailingImageNamesItselfShowsItsEndAndKeepsTheRestFromBeingBegun() {
        shop.concurrency = 1;
        shop.service("first")
                .service("broken", "RUN echo 'no such module: basket' && exit 3")
                .service("never", "RUN echo never");

        assertThatThrownBy(shop::build)
                .isInstanceOf(DeployFirstException.class)
                .hasMessageMatching(
                        "The build of the image " + shop.name("broken") + " failed with exit status [13]: .*")
                .hasMessageContaining("nothing was pushed");

        String name = shop.name("broken");
        assertThat(shop.told)
                .containsSequence("warn The end of what the build of " + name + " printed:")
                .contains("failed build " + name)
                .doesNotContain("begin build " + shop.name("never"));
        assertThat(shop.printed("broken", "no such module: basket")).isTrue();
        assertThat(shop.isThere(shop.name("first"))).isTrue();
    }

    @Test
    void twoFailingImagesAreBothNamed() {
        shop.service("one", "RUN exit 3").service("two", "RUN exit 4");

        assertThatThrownBy(shop::build).hasMessageContaining(shop.name("one")).hasMessageContaining(shop.name("two"));
    }

    @Test
    void noMoreAreBuiltAtOnceThanAllowed() throws Exception {
        for (String service : List.of("a", "b", "c", "d")) {
            shop.service(service, "RUN echo " + service);
        }
        shop.concurrency = 2;

        shop.build();

        int running = 0;
        int most = 0;
        for (String line : shop.told) {
            running += line.startsWith("begin build") ? 1 : line.startsWith("done build") ? -1 : 0;
            most = Math.max(most, running);
        }
        assertThat(most).isEqualTo(2);
    }

    @Test
    void allThatIsWrongWithThePlacesIsToldBeforeAnythingIsBuilt() {
        Tool.write(root.resolve("outside/Dockerfile"), "FROM scratch\n");
        Tool.run(shop.workspace, "ln", "-s", "../outside", "link");
        shop.service("good");
        Tool.run(shop.workspace, "mkdir", "empty");
        shop.images.add(shop.image("missing"));
        shop.images.add(shop.image("above", "../outside", Optional.empty(), Map.of(), List.of()));
        shop.images.add(shop.image("linked", "link", Optional.empty(), Map.of(), List.of()));
        shop.images.add(shop.image("bare", "empty", Optional.empty(), Map.of(), List.of()));
        shop.images.add(shop.image("strange", "good", Optional.of("../outside/Dockerfile"), Map.of(), List.of()));

        assertThatThrownBy(shop::build)
                .hasMessageContaining(shop.name("missing") + ".context: \"missing\" is not there.")
                .hasMessageContaining(shop.name("above") + ".context: \"../outside\" is outside the workspace.")
                .hasMessageContaining(shop.name("linked") + ".context: \"link\" is outside the workspace.")
                .hasMessageContaining(shop.name("bare") + ".dockerfile: \"empty/Dockerfile\" is not there.")
                .hasMessageContaining(
                        shop.name("strange") + ".dockerfile: \"../outside/Dockerfile\" is outside the workspace.")
                .hasMessageContaining("relative to the workspace");
        assertThat(shop.isThere(shop.name("good"))).isFalse();
    }

    @Test
    void aMissingCacheImageIsNoFailureAndOneThatIsThereIsUsed() throws Exception {
        shop.dockerfile("backend/Dockerfile", "RUN head -c 8 /dev/urandom > /layer", "ARG X");
        shop.tags = List.of("latest");
        shop.images.add(
                shop.image("backend", "backend", Optional.empty(), Map.of(), List.of(shop.name("backend") + ":cache")));
        String layer = "{{index .RootFS.Layers 2}}";
        shop.build();
        assertThat(shop.told)
                .anyMatch(line -> line.matches("\\[" + shop.name("backend")
                        + "] .*(no cache image|importing cache manifest from) " + shop.name("backend") + ":cache"));
        String first = shop.inspect(shop.name("backend"), layer);
        Tool.run(root, "docker", "tag", shop.name("backend"), shop.name("backend") + ":cache");

        shop.build();

        assertThat(shop.usedCache("backend")).isTrue();
        assertThat(shop.inspect(shop.name("backend"), layer)).isEqualTo(first);
    }

    @Test
    void secretsInBuildArgumentsAreWarnedOfWithoutBeingTold() throws Exception {
        shop.dockerfile("backend/Dockerfile", "ARG NPM_TOKEN", "ARG VERSION");
        shop.images.add(shop.image(
                "backend", "backend", Optional.empty(), Map.of("NPM_TOKEN", "hush", "VERSION", "1"), List.of()));

        shop.build();

        assertThat(shop.told)
                .filteredOn(line -> line.startsWith("warn "))
                .singleElement()
                .asString()
                .contains("buildArgs.NPM_TOKEN")
                .contains("type=secret")
                .doesNotContain("hush");
        assertThat(shop.told).noneMatch(line -> line.contains("hush"));
    }

    @Test
    void aCommitThatIsNotCheckedOutIsWarnedOf() throws Exception {
        shop.service("backend");
        shop.sha = Optional.of(new CommitSha("a".repeat(40)));
        shop.tags = List.of("{shortSha}");

        assertThat(shop.build().images().get(0).tags()).containsExactly("aaaaaaa");
        assertThat(shop.told).anyMatch(line -> line.startsWith("warn sha: the workspace has "));
    }

    @Test
    void abortingEndsTheBuildsAndCleansUp() throws Exception {
        shop.service("slow", "RUN echo here && sleep 1000 # " + shop.prefix);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread flow = new Thread(() -> {
            try {
                shop.build();
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        flow.start();
        await().until(() -> shop.printed("slow", " here"));

        flow.interrupt();

        assertThat(interrupted.get()).isTrue();
        assertThat(shop.told).contains("failed build " + shop.name("slow"));
        await().until(() -> !Tool.works("pgrep", "-f", "^docker .*build .*" + shop.prefix));
        await().until(() -> !Tool.run(root, "docker", "ps", "--no-trunc").contains(shop.prefix));
    }

    @Test
    void anImageThatTakesTooLongIsStoppedAndNamed() {
        shop.service("slow", "RUN sleep 1000 # " + shop.prefix);
        shop.timeout = Duration.ofSeconds(2);

        assertThatThrownBy(shop::build)
                .hasMessageStartingWith(
                        "The build of the image " + shop.name("slow") + " did not end in time and was stopped.");

        await().until(() -> !Tool.run(root, "docker", "ps", "--no-trunc").contains(shop.prefix));
    }

    @Test
    void withoutDockerItSaysSo() {
        shop.service("backend");
        shop.variables = Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock");

        assertThatThrownBy(shop::build)
                .hasMessageContaining("docker does not work on this node")
                .hasMessageContaining("/nowhere/docker.sock");
    }
}
