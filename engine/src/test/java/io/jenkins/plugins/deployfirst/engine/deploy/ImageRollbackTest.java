package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.ScriptedChecks;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.testing.ComposeProject;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an environment of images goes back: to the very images that ran, whatever their names stand for by then. */
class ImageRollbackTest extends OnImageSite {
    @Test
    void anUnhealthyReleaseGoesBackToTheImagesThatRanAlthoughTheirTagHasMoved() throws Exception {
        validated("latest", "Welcome, 1", A);
        String old = site.id(site.image() + ":latest");
        site.push("latest", "Broken", B, old);

        DeployResult result = deploy(site.environment(), "latest", B);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.rolledBackTo()).isEqualTo(A);
        assertThat(site.page()).isEqualTo("Welcome, 1");
        assertThat(site.running()).contains(old);
        assertThat(site.env()).isEqualTo("IMAGE_TAG=latest\n");
        assertThat(site.lastEntry().fields())
                .containsEntry("event", "rollback.succeeded")
                .containsEntry("sha", A)
                .containsEntry("tag", "latest")
                .containsEntry("previousSha", B)
                .containsEntry("images", entryOf(A).get("images"));
        assertThat(preprod.flows(site.environment()).status().live().sha()).isEqualTo(A);
        assertThatThrownBy(() -> deploy(site.environment(), "latest", B))
                .isInstanceOf(DeployFirstException.class)
                .hasMessageContaining("sha: " + B + " was rolled back on "
                        + site.environment().name());
    }

    @Test
    void withTheRegistryDownItGoesBackAllTheSame() throws Exception {
        ImageRegistry own = ImageRegistry.start(root.resolve("own" + System.nanoTime()));
        ImageSite there = ImageSite.beside(preprod, own, "down", root);
        there.startAnew();
        try {
            there.push("v1", "Welcome, 1", A);
            there.push("v2", "Welcome, 2", B);
            deploy(there.environment(), "v1", A);
            deploy(there.environment(), "v2", B);
            own.close();

            RollbackResult result =
                    preprod.flows(there.environment()).rollback(RollbackRequest.byHand(Optional.of(new CommitSha(A))));

            assertThat(result.error()).isEmpty();
            assertThat(result.outcome()).isEqualTo(Outcome.DONE);
            assertThat(result.tag()).isEqualTo("v1");
            assertThat(there.page()).isEqualTo("Welcome, 1");
            assertThat(there.env()).isEqualTo("IMAGE_TAG=v1\n");
            assertThat(preprod.told()).contains("Going on without it.");
        } finally {
            there.close();
            own.close();
        }
    }

    @Test
    void anImageThatIsGoneIsPulledByItsTagWithAWarningWhereThatIsAnotherNow() throws Exception {
        validated("v1", "Welcome, 1", A);
        site.push("v2", "Welcome, 2", B);
        deploy(site.environment(), "v2", B);
        String old = site.id(site.image() + ":v1");
        site.push("v1", "Welcome, 1 built anew", A);
        Tool.run(root, "sh", "-c", "docker rmi -f " + old + " >/dev/null 2>&1; ! docker image inspect " + old);

        RollbackResult result = preprod.flows(site.environment()).rollback(RollbackRequest.byHand(Optional.empty()));

        assertThat(result.error()).isEmpty();
        assertThat(site.page()).isEqualTo("Welcome, 1 built anew");
        assertThat(preprod.told())
                .contains(site.image() + ":v1 is another image now, " + site.id(site.image() + ":v1"), old);
    }

    @Test
    void aPruneLeavesTheImagesThatAreLiveAndValidated() throws Exception {
        validated("latest", "Welcome, 1", A);
        String old = site.id(site.image() + ":latest");
        site.push("latest", "Welcome, 2", B);
        deploy(site.environment(), "latest", B);
        String name = site.environment().name();

        assertThat(site.id("deploy-first/" + name + "/web:validated")).isEqualTo(old);
        assertThat(site.id("deploy-first/" + name + "/web:live")).isEqualTo(site.id(site.image() + ":latest"));
        assertThat(Tool.run(root, "docker", "images", "-q", "--no-trunc", "-f", "dangling=true"))
                .doesNotContain(old);
    }

    @Test
    void whatRanBeforeTheFirstDeploymentIsGoneBackToWithoutASha() throws Exception {
        site.push("old", "Welcome, by hand", "");
        site.env("A=1\r\nIMAGE_TAG=old\r\n");
        registry.docker(site.directory(), "docker-compose -p \"$1\" up -d", site.project());
        String before = site.id(site.image() + ":old");
        site.push("old", "Moved", "", before);
        site.push("v1", "Broken", A);

        DeployResult result = deploy(site.environment(), "v1", A);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.previousSha()).isEmpty();
        assertThat(site.page()).isEqualTo("Welcome, by hand");
        assertThat(site.running()).contains(before);
        assertThat(site.env()).isEqualTo("A=1\r\nIMAGE_TAG=old\r\n");
        assertThat(preprod.told()).contains("Going back to tag old: not healthy");
        assertThat(entryOf(A).fields())
                .containsEntry("previousTag", "old")
                .containsEntry(
                        "previousImages",
                        "web=" + site.image() + ":old@" + before + " worker=" + site.image() + ":old@" + before);

        site.push("v2", "Welcome, 2", B);
        assertThat(deploy(site.environment(), "v2", B).outcome()).isEqualTo(Outcome.DONE);
        RollbackResult byHand = preprod.flows(site.environment()).rollback(RollbackRequest.byHand(Optional.empty()));
        assertThat(byHand.error()).isEmpty();
        assertThat(site.page()).isEqualTo("Welcome, by hand");
    }

    @Test
    void withNothingBeforeItAnUnhealthyReleaseNeedsAPerson() throws Exception {
        site.push("v1", "Broken", A);

        DeployResult result = deploy(site.environment(), "v1", A);

        assertThat(result.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(result.error()).contains("There is no other release to go back to; a person is needed.");
        assertThat(preprod.flows(site.environment()).status().live().sha()).isEqualTo(A);
    }

    @Test
    void aFailureOfCiTakesTheImagesBackAndTheSchemaByTheNewImage() throws Exception {
        validated("v1", "Welcome, 1", A);
        site.push("v2", "Welcome, 2", B);
        Environment migrated =
                site.with(it -> it.migrate("echo up; cat /www/index.html", "echo down; cat /www/index.html"));
        deploy(migrated, "v2", B);
        preprod.output.clear();

        WatchResult result = watch(migrated, B, "tests=bad");

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.rolledBackTo()).isEqualTo(A);
        assertThat(preprod.output).containsSubsequence("down", "Welcome, 2");
        assertThat(site.page()).isEqualTo("Welcome, 1");
        assertThat(site.env()).isEqualTo("IMAGE_TAG=v1\n");
        assertThat(site.events())
                .endsWith("deploy.succeeded", "schema.taken-back", "rollback.started", "rollback.succeeded");

        assertThatThrownBy(() -> deploy(migrated, "v2", B)).hasMessageContaining("CI failed: tests (bad).");
        assertThat(watch(migrated, B, "tests=bad").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(site.events())
                .endsWith("deploy.succeeded", "schema.taken-back", "rollback.started", "rollback.succeeded");
    }

    @Test
    void aRollbackNeverUndoesANewerDeployment() throws Exception {
        validated("v1", "Welcome, 1", A);
        site.push("v2", "Welcome, 2", B);
        site.push("v3", "Welcome, 3", C);
        deploy(site.environment(), "v2", B);
        deploy(site.environment(), "v3", C);

        WatchResult bad = watch(site.environment(), B, "tests=bad");

        assertThat(bad.verdict()).isEqualTo(Verdict.SUPERSEDED);
        assertThat(site.page()).isEqualTo("Welcome, 3");

        WatchResult late = watch(site.environment(), B, "tests=ok");

        assertThat(late.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(site.validated()).isEqualTo(B);
        assertThat(site.page()).isEqualTo("Welcome, 3");
        assertThat(watch(site.environment(), C, "tests=bad").rolledBackTo()).isEqualTo(B);
        assertThat(site.page()).isEqualTo("Welcome, 2");
    }

    /** The journal is written before the line, and the line before the containers. */
    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void aDeploymentThatDiedIsGoneOnWith(String tagInFile) throws Exception {
        validated("v1", "Welcome, 1", A);
        site.push("v2", "Welcome, 2", B);
        site.push("v3", "Broken", C);
        Tool.run(
                site.state(),
                "sh",
                "-c",
                "printf '%s\n' '{\"time\":\"2026-01-01T00:00:00Z\",\"event\":\"deploy.started\",\"sha\":\"" + B
                        + "\",\"tag\":\"v2\",\"previousSha\":\"" + A
                        + "\",\"previousTag\":\"v1\"}' >> journal.jsonl");
        site.env("IMAGE_TAG=" + tagInFile + "\n");

        StatusResult status = preprod.flows(site.environment()).status();
        assertThat(status.interrupted()).isTrue();
        assertThat(status.live().sha()).isEqualTo(tagInFile.equals("v1") ? A : B);
        DeployResult broken = deploy(site.environment(), "v3", C);

        assertThat(preprod.told()).contains("The last run died half way: deploy.started of " + B);
        assertThat(broken.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(broken.rolledBackTo()).isEqualTo(A);
        assertThat(site.page()).isEqualTo("Welcome, 1");
        assertThat(site.env()).isEqualTo("IMAGE_TAG=v1\n");
        assertThat(deploy(site.environment(), "v2", B).outcome()).isEqualTo(Outcome.DONE);
        assertThat(site.page()).isEqualTo("Welcome, 2");
    }

    @Test
    void whatAPersonTypesReachesTheRelease() throws Exception {
        validated("v1", "Welcome, 1", A);
        String ids = entryOf(A).get("images");
        site.push("v2", "Broken", B);
        Environment rollbackFails = site.with(it -> it.health = new HealthSettings(
                it.health.http(), false, List.of(), Optional.of("grep -q v3 .env"), it.health.timing()));

        DeployResult result = deploy(rollbackFails, "v2", B);

        assertThat(result.outcome()).isEqualTo(Outcome.PERSON_NEEDED);
        assertThat(preprod.told())
                .contains(
                        "docker tag " + ids.substring(ids.lastIndexOf('@') + 1) + " " + site.image() + ":v1",
                        "sed -i --follow-symlinks 's/^IMAGE_TAG=.*/IMAGE_TAG=v1/' .env",
                        "IMAGE_TAG=v1 " + ComposeProject.command() + " -p " + site.project() + " up -d");
    }

    /** In a checkout it is the images that were built there: going back must not build them again. */
    @Test
    void aServiceThatIsBuiltFromACheckoutGoesBackWithoutABuild() throws Exception {
        String built = "deploy-first-test-built:" + preprod.stack.project();
        String composeFile =
                preprod.stack.composeFile("").replaceFirst("image: \\S+", "image: " + built + "\n    build: .");
        Environment up = preprod.with(it -> it.action(ComposeSettings.Action.UP));
        String good = preprod.stack.commit(
                "Build the web server",
                java.util.Map.of(
                        "docker-compose.yml",
                        composeFile,
                        "Dockerfile",
                        "FROM deploy-first-test:busybox\nRUN echo one > /version\n",
                        ".dockerignore",
                        "*"));
        preprod.deploy(up, good);
        Tool.write(preprod.stack.stateFile(), good);
        String id = site.id(built);
        String bad = preprod.stack.commit(
                "Break it",
                java.util.Map.of(
                        "Dockerfile",
                        "FROM deploy-first-test:busybox\nRUN echo two > /version\n",
                        "index.html",
                        "Broken"));
        preprod.output.clear();

        DeployResult result = preprod.deploy(up, bad);

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(site.id(built)).isEqualTo(id);
        assertThat(preprod.output.stream().filter(line -> line.matches(".*RUN echo \\w+ > /version")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("RUN echo two > /version"));
        assertThat(site.id("deploy-first/" + preprod.stack.name() + "/web:live"))
                .isEqualTo(id);
        Tool.works("docker", "rmi", "-f", built, id);
    }

    @Test
    void aValidatedReleaseIsPromotedWithTheTagThatItHas() throws Exception {
        ImageSite prod = ImageSite.beside(preprod, registry, "prod", root);
        prod.startAnew();
        try {
            prod.takeImagesOf(site);
            validated("v1", "Welcome, 1", A);
            promote(prod);
            validated("v2", "Welcome, 2", B);

            PromotionResult result = promote(prod);

            assertThat(result.deployed().error()).isEmpty();
            assertThat(result.deployed().sha()).isEqualTo(B);
            assertThat(result.deployed().tag()).isEqualTo("v2");
            assertThat(prod.page()).isEqualTo("Welcome, 2");
            assertThat(prod.env()).isEqualTo("IMAGE_TAG=v2\n");
            assertThat(prod.validated()).isEqualTo(B);
            assertThat(prod.events()).endsWith("deploy.started", "deploy.succeeded", "promoted", "validated");
            assertThat(prod.id("deploy-first/" + prod.environment().name() + "/web:validated"))
                    .isEqualTo(prod.id(site.image() + ":v2"));

            validated("v3", "Welcome, 3", C);
            Environment strict = prod.with(it -> it.health = new HealthSettings(
                    it.health.http(), false, List.of(), Optional.of("! grep -q v3 .env"), it.health.timing()));
            PromotionResult bad = preprod.flows(strict).promote(promotion());
            assertThat(bad.deployed().outcome()).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(bad.deployed().rolledBackTo()).isEqualTo(B);
            assertThat(prod.page()).isEqualTo("Welcome, 2");
        } finally {
            prod.close();
        }
    }

    @Test
    void aTagThatMovedSinceItsImageWasValidatedIsNotPromoted() throws Exception {
        ImageSite prod = ImageSite.beside(preprod, registry, "prod", root);
        prod.startAnew();
        try {
            prod.takeImagesOf(site);
            validated("v1", "Welcome, 1", A);
            promote(prod);
            validated("v2", "Welcome, 2", B);
            String running = prod.running();
            site.push("v2", "Welcome, 2 built anew", B, site.id(site.image() + ":v2"));

            DeployResult moved = promote(prod).deployed();

            assertThat(moved.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
            assertThat(moved.error())
                    .startsWith("tag: " + site.image() + ":v2 is another image now (sha256:")
                    .contains(" than the one that was validated on "
                            + site.environment().name() + " (sha256:")
                    .contains("Validate the image of now there first");
            assertThat(prod.running()).isEqualTo(running);
            assertThat(prod.env()).isEqualTo("IMAGE_TAG=v1\n");
            assertThat(prod.events()).endsWith("validated", "deploy.failed");
        } finally {
            prod.close();
        }
    }

    private static PromotionResult promote(ImageSite prod) throws InterruptedException {
        return preprod.flows(prod.environment()).promote(promotion());
    }

    private static PromotionRequest promotion() {
        return new PromotionRequest(site.environment(), Optional.empty(), "DEPLOY", Optional.empty(), false);
    }

    private static void validated(String tag, String page, String sha) throws Exception {
        site.push(tag, page, sha);
        assertThat(deploy(site.environment(), tag, sha).error()).isEmpty();
        assertThat(watch(site.environment(), sha, "tests=ok").verdict()).isEqualTo(Verdict.SUCCESS);
    }

    private static DeployResult deploy(Environment environment, String tag, String sha) throws InterruptedException {
        return preprod.flows(environment)
                .deploy(new DeployRequest(Optional.of(new CommitSha(sha)), Optional.of(new ImageTag(tag)), false));
    }

    private static WatchResult watch(Environment environment, String sha, String... checks) throws Exception {
        preprod.ciServer = Optional.of(ScriptedChecks.of(checks));
        try {
            return preprod.flows(environment).watch(new CommitSha(sha)).get();
        } finally {
            preprod.ciServer = Optional.empty();
        }
    }

    private static io.jenkins.plugins.deployfirst.engine.state.JournalEntry entryOf(String sha) {
        return site.journal().stream()
                .filter(entry -> entry.sha().equals(sha) && !entry.get("images").isEmpty()
                        || entry.sha().equals(sha)
                                && !entry.get("previousImages").isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
