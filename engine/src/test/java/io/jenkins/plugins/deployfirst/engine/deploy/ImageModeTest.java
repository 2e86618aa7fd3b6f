package io.jenkins.plugins.deployfirst.engine.deploy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployments of images from a real registry, to a directory without git. */
class ImageModeTest extends OnImageSite {
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

    /** A failing pull and a failing migration must not be seen in the file, however it looks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "A=1\r\nIMAGE_TAG=v1\r\nB=2\r\n",
                "A=1\nIMAGE_TAG=v1",
                "IMAGE_TAG=\"v1\" # live\nPASSWORD='ü $x'\n"
            })
    void aFailingPullOrMigrationLeavesTheFileAndTheContainersAsTheyAre(String file) throws Exception {
        site.push("v1", "Welcome, 1", A);
        site.push("v2", "Welcome, 2", B);
        deploy("v1", A);
        Path env = site.directory().resolve(".env");
        Files.delete(env);
        if (!file.equals("none")) {
            Path shared = site.directory().resolve("shared.env");
            Tool.write(shared, file);
            Files.createSymbolicLink(env, shared);
        }
        String running = site.running();
        String events = site.events().toString();

        DeployResult noSuchTag = deploy("v3", B);
        DeployResult noMigration = preprod.flows(site.with(it -> it.migrate("echo no such table; exit 3", "")))
                .deploy(new DeployRequest(Optional.of(new CommitSha(B)), Optional.of(new ImageTag("v2")), false));

        assertThat(noSuchTag.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(noSuchTag.error())
                .startsWith("An image cannot be pulled: Error response from daemon: ")
                .contains("v3")
                .endsWith("Check its name and the registry's login.");
        assertThat(noMigration.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(noMigration.error()).contains("\"migrate\" failed", "no such table");
        if (file.equals("none")) {
            assertThat(env).doesNotExist();
        } else {
            assertThat(site.env()).isEqualTo(new String(file.getBytes(UTF_8), ISO_8859_1));
            assertThat(env).isSymbolicLink();
        }
        assertThat(site.running()).isEqualTo(running);
        assertThat(site.page()).isEqualTo("Welcome, 1");
        assertThat(site.events().toString()).isEqualTo(events.replace("]", ", deploy.failed, deploy.failed]"));
    }

    @Test
    void aFailingMigrationLeavesTheNamesOfImagesToThoseThatRun() throws Exception {
        site.push("latest", "Welcome, 1", A);
        deploy("latest", A);
        String old = site.id(site.image() + ":latest");
        site.push("latest", "Welcome, 2", B, old);

        DeployResult result = preprod.flows(site.with(it -> it.migrate("exit 3", "")))
                .deploy(new DeployRequest(Optional.empty(), Optional.of(new ImageTag("latest")), false));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.sha()).isEqualTo(B);
        assertThat(site.id(site.image() + ":latest")).isEqualTo(old);
        assertThat(preprod.flows(site.environment()).status().live().sha()).isEqualTo(A);
    }

    @Test
    void withoutAShaTheImagesTellTheirCommit() throws Exception {
        site.push("v1", "Welcome, 1", A);

        DeployResult result = deploy("v1");

        assertThat(result.error()).isEmpty();
        assertThat(result.sha()).isEqualTo(A);
        assertThat(Preprod.names(result.phases()))
                .containsExactly(
                        "connect",
                        "lock",
                        "fetch",
                        "registry login",
                        "compose config",
                        "images",
                        "revision",
                        "reset",
                        "up",
                        "gate",
                        "journal");
        assertThat(site.env()).isEqualTo("IMAGE_TAG=v1\n");
    }

    @Test
    void aTagThatIsAFullShaIsTheCommit() throws Exception {
        site.push(A, "Welcome, 1", "");

        assertThat(deploy(A).sha()).isEqualTo(A);
    }

    @Test
    void imagesThatDoNotTellTheirCommitAreRefusedWithoutAShaBeforeAnythingIsChanged() {
        site.push("v1", "Welcome, 1", "");

        assertThatThrownBy(() -> deploy("v1"))
                .isInstanceOf(DeployFirstException.class)
                .hasMessage("tag: the images with the tag v1 do not say of which commit they are (label"
                        + " org.opencontainers.image.revision). Name the commit too (--sha, or the parameter sha), or"
                        + " have the build label the images.");
        assertThat(site.directory().resolve(".env")).doesNotExist();
        assertThat(site.running()).isEmpty();
    }

    @Test
    void imagesOfAnotherCommitThanTheNamedOneAreWarnedOf() throws Exception {
        site.push("v1", "Welcome, 1", B);

        assertThat(deploy("v1", A).outcome()).isEqualTo(Outcome.DONE);

        assertThat(preprod.lines).contains(site.image() + ":v1 says that it was built of " + B + ", not of " + A + ".");
    }

    @Test
    void aComposeFileThatDoesNotUseTheTagIsRefused() throws Exception {
        Path file = site.directory().resolve("docker-compose.yml");
        Tool.write(file, Tool.read(file).replace("${IMAGE_TAG:-none}", "${APP_TAG:-none}"));

        DeployResult result = deploy("v1", A);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .isEqualTo("image.tagVariable: no service's image has the tag v1 when IMAGE_TAG is set to it. Write"
                        + " image: registry.example.com/app:${IMAGE_TAG} in the compose files, or name the variable that"
                        + " they use.");
        assertThat(site.directory().resolve(".env")).doesNotExist();
    }

    @Test
    void withNeitherShaNorTagWhatIsLiveIsBroughtUpAgainWithTheImagesThatItHad() throws Exception {
        site.push("latest", "Welcome, 1", A);
        deploy("latest");
        String old = site.id(site.image() + ":latest");
        site.push("latest", "Welcome, 2", B, old);
        Tool.run(root, "sh", "-c", "docker rm -f " + site.running().split(" ")[0]);

        DeployResult result =
                preprod.flows(site.environment()).deploy(new DeployRequest(Optional.empty(), Optional.empty(), false));

        assertThat(result.error()).isEmpty();
        assertThat(result.sha()).isEqualTo(A);
        assertThat(site.page()).isEqualTo("Welcome, 1");
        assertThat(site.id(site.image() + ":latest")).isEqualTo(old);
    }

    @Test
    void withNeitherAndNothingLiveThereIsNothingToBringUp() {
        assertThatThrownBy(() -> preprod.flows(site.environment())
                        .deploy(new DeployRequest(Optional.empty(), Optional.empty(), false)))
                .hasMessageStartingWith(
                        "sha: IMAGE_TAG has no line in " + site.directory() + "/.env, so no release is" + " live");
    }

    @Test
    void anAbbreviatedShaIsOneThatWasDeployedHere() throws Exception {
        site.push(A, "Welcome, 1", A);

        assertThatThrownBy(() -> preprod.deploy(site.environment(), "aaaaaaa"))
                .hasMessageContaining("Give the full SHA.");
        preprod.deploy(site.environment(), A);

        assertThat(preprod.deploy(site.environment(), "aaaaaaa").sha()).isEqualTo(A);
    }

    @Test
    void anInspectionOfTheHostAsksForNoGit() throws Exception {
        Path file = site.directory().resolve("docker-compose.yml");
        Tool.write(file, Tool.read(file).replace("${IMAGE_TAG:-none}", "${IMAGE_TAG:?is not set}"));

        assertThat(HostInspection.of(site.environment()))
                .extracting(HostInspection.Finding::subject, HostInspection.Finding::ok)
                .containsExactly(
                        tuple(HostInspection.Subject.DOCKER, true),
                        tuple(HostInspection.Subject.COMPOSE, true),
                        tuple(HostInspection.Subject.DIRECTORY, true),
                        tuple(HostInspection.Subject.COMPOSE_FILES, true),
                        tuple(HostInspection.Subject.STATE, true));
    }

    @Test
    void aTagIsRefusedWhereACheckoutIsDeployed() {
        assertThatThrownBy(() -> preprod.flows()
                        .deploy(new DeployRequest(Optional.empty(), Optional.of(new ImageTag("v1")), false)))
                .hasMessage(
                        "tag: " + preprod.stack.name() + " deploys commits of a checkout, which have no tag. Leave tag"
                                + " out, or set mode: image for the environment.");
    }

    private static DeployResult deploy(String tag) throws InterruptedException {
        return preprod.flows(site.environment())
                .deploy(new DeployRequest(Optional.empty(), Optional.of(new ImageTag(tag)), false));
    }

    private static DeployResult deploy(String tag, String sha) throws InterruptedException {
        return preprod.flows(site.environment())
                .deploy(new DeployRequest(Optional.of(new CommitSha(sha)), Optional.of(new ImageTag(tag)), false));
    }
}
