package io.jenkins.plugins.deployfirst.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildImagesRequestTest {
    private static final Optional<String> NONE = Optional.empty();

    private static ImageSettings image(String name) {
        return new ImageSettings(name, ".", NONE, NONE, Map.of(), List.of(), Map.of());
    }

    private static BuildImagesRequest request(
            List<ImageSettings> images, List<String> tags, int concurrency, Optional<CommitSha> sha, Duration timeout) {
        return new BuildImagesRequest(
                new Workspace("/workspace", Map.of()),
                images,
                tags,
                Optional.of(new Registry("r.example.com", "", "")),
                true,
                concurrency,
                Optional.empty(),
                sha,
                NONE,
                timeout);
    }

    private static void assertRefused(ThrowingCallable making, String... parts) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        DeployFirstException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.USAGE))
                .hasMessageContainingAll(parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "team/shop", "my-shop_1.x", "a__b", "a--b", "R.example.com:5000/team/shop"})
    void namesOfImages(String name) {
        assertThat(image(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Shop",
                "shop:latest",
                "shop@sha256",
                "a b",
                "-shop",
                "shop/",
                "a//b",
                "a..b",
                "shop;id",
                "größe",
                "a\nb",
                "{service}"
            })
    void whatIsNoNameIsRefused(String name) {
        assertRefused(() -> image(name), "images.name: \"", "lower-case letters");
    }

    @Test
    void theNameIsNeeded() {
        assertRefused(() -> image(" "), "the name of an image is empty");
        assertRefused(() -> image("a".repeat(256)), "at most 255");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://github.com/team/shop.git", "git@github.com:team/shop.git"})
    void aContextElsewhereIsRefused(String context) {
        assertRefused(
                () -> new ImageSettings("shop", context, NONE, NONE, Map.of(), List.of(), Map.of()),
                "images.shop.context: \"" + context,
                "Check the code out first");
    }

    @Test
    void everyOtherFieldOfAnImageIsChecked() {
        assertRefused(
                () -> new ImageSettings("shop", " ", NONE, NONE, Map.of(), List.of(), Map.of()),
                "images.shop.context: is empty");
        assertRefused(
                () -> new ImageSettings("shop", ".", NONE, Optional.of("a b"), Map.of(), List.of(), Map.of()),
                "images.shop.target: \"a b\"");
        assertRefused(
                () -> new ImageSettings("shop", ".", NONE, NONE, Map.of("a b", "x"), List.of(), Map.of()),
                "images.shop.buildArgs: \"a b\"");
        assertRefused(
                () -> new ImageSettings("shop", ".", NONE, NONE, Map.of("A", "x\0y"), List.of(), Map.of()), "NUL");
        assertRefused(
                () -> new ImageSettings("shop", ".", NONE, NONE, Map.of(), List.of("a b"), Map.of()),
                "images.shop.cacheFrom: \"a b\"");
        assertRefused(
                () -> new ImageSettings("shop", ".", NONE, NONE, Map.of(), List.of(), Map.of("a=b", "x")),
                "images.shop.labels: \"a=b\"");
        assertRefused(
                () -> new ImageSettings(
                        "shop", ".", NONE, NONE, Map.of(), List.of(), Map.of(ImageSettings.REVISION, "x")),
                "is set to the commit by itself");
    }

    @Test
    void theRequestIsChecked() {
        Duration hour = Duration.ofHours(1);
        List<ImageSettings> shop = List.of(image("shop"));
        assertRefused(() -> request(List.of(), List.of(), 2, Optional.empty(), hour), "images: is empty");
        assertRefused(
                () -> request(
                        List.of(image("shop"), image("r.example.com/shop")), List.of(), 2, Optional.empty(), hour),
                "two of them are named");
        assertRefused(() -> request(shop, List.of("{x}"), 2, Optional.empty(), hour), "tags: \"{x}\"");
        assertRefused(() -> request(shop, List.of(), 0, Optional.empty(), hour), "concurrency: 0");
        assertRefused(() -> request(shop, List.of(), 33, Optional.empty(), hour), "concurrency: 33");
        assertRefused(
                () -> request(shop, List.of(), 2, Optional.of(new CommitSha("abcdef1")), hour),
                "sha: abcdef1 is abbreviated");
        assertRefused(() -> request(shop, List.of(), 2, Optional.empty(), Duration.ZERO), "timeout: ");
        assertRefused(() -> new Workspace("C:\\jobs\\shop", Map.of()), "workspace: ", "node with Linux");
    }
}
