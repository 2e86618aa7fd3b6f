package io.jenkins.plugins.deployfirst.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a delivery comes from, and whether that is true. */
class DeliveryTest {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);
    // The example in GitHub's documentation.
    private static final String MAC = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    @Test
    void gitHubsDocumentedSignatureHolds() {
        assertThat(gitHub("sha256=" + MAC).isSignedWith(List.of(SECRET))).isTrue();
        assertThat(gitHub("sha256=" + MAC.toUpperCase()).isSignedWith(List.of(SECRET)))
                .isTrue();
    }

    @Test
    void oneOfSeveralSecretsIsEnough() {
        assertThat(gitHub("sha256=" + MAC).isSignedWith(List.of("other", SECRET, "third")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                MAC,
                "sha1=" + MAC,
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18",
                "sha256=757107ea",
                "sha256=zz",
            })
    void anotherSignatureDoesNotHold(String signature) {
        assertThat(gitHub(signature).isSignedWith(List.of(SECRET))).isFalse();
    }

    @Test
    void noSignatureAndNoSecretAreRefused() {
        Delivery unsigned = Deliveries.of(BODY, "X-GitHub-Event", "ping");

        assertThat(unsigned.isSignedWith(List.of(SECRET))).isFalse();
        assertThat(gitHub("sha256=" + MAC).isSignedWith(List.of())).isFalse();
        assertThat(gitHub("sha256=" + MAC).isSignedWith(List.of(""))).isFalse();
    }

    @Test
    void anotherBodyDoesNotHold() {
        Delivery forged = Deliveries.of(
                "Hello, World?".getBytes(StandardCharsets.UTF_8),
                "X-GitHub-Event",
                "ping",
                "X-Hub-Signature-256",
                "sha256=" + MAC);

        assertThat(forged.isSignedWith(List.of(SECRET))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Gitea-Signature", "X-Forgejo-Signature"})
    void giteaSignsWithoutAPrefix(String header) {
        Delivery delivery = Deliveries.of(BODY, "X-Gitea-Event", "status", "X-GitHub-Event", "status", header, MAC);

        assertThat(delivery.service()).contains(CiService.GITEA);
        assertThat(delivery.isSignedWith(List.of(SECRET))).isTrue();
        assertThat(delivery.isSignedWith(List.of("other"))).isFalse();
    }

    @Test
    void gitLabSendsTheSecretItself() {
        Delivery delivery = Deliveries.of(BODY, "X-Gitlab-Event", "Job Hook", "x-gitlab-token", SECRET);

        assertThat(delivery.service()).contains(CiService.GITLAB);
        assertThat(delivery.isSignedWith(List.of(SECRET))).isTrue();
        assertThat(delivery.isSignedWith(List.of("It's a Secret"))).isFalse();
        assertThat(Deliveries.of(BODY, "X-Gitlab-Event", "Job Hook").isSignedWith(List.of(SECRET)))
                .isFalse();
    }

    @Test
    void anythingElseComesFromNobodyKnown() {
        Delivery delivery = Deliveries.of(BODY, "X-Hub-Signature-256", "sha256=" + MAC);

        assertThat(delivery.service()).isEmpty();
        assertThat(delivery.isSignedWith(List.of(SECRET))).isFalse();
    }

    @Test
    void itShowsNothingOfItself() {
        assertThat(Deliveries.of(BODY, "X-Gitlab-Token", SECRET)).hasToString("Delivery of 13 bytes");
    }

    private static Delivery gitHub(String signature) {
        return Deliveries.of(BODY, "X-GitHub-Event", "ping", "X-Hub-Signature-256", signature);
    }
}
