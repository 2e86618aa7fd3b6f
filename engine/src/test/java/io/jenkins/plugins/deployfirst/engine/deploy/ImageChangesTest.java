package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult.ImageChange;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a deployment tells of the images that it brought up, over a real sshd with real Docker. */
@ExtendWith(RealHost.class)
class ImageChangesTest {
    @TempDir
    static Path root;

    private static Preprod preprod;

    @BeforeAll
    static void start() {
        preprod = Preprod.start(root);
    }

    @AfterAll
    static void end() {
        preprod.close();
        Tool.run(root, "docker", "rmi", "-f", built());
    }

    private static String built() {
        return "deploy-first-test:" + preprod.stack.project();
    }

    @Test
    void aServiceThatIsBuiltOnTheHostShowsItsImageBeforeAndAfter() throws Exception {
        String old = imageId(Stack.IMAGE);
        String composeFile = preprod.stack
                .composeFile("")
                .replaceFirst("image: " + Stack.IMAGE, "image: " + built() + "\n    build: .");
        String sha = preprod.stack.commit(
                "Build the web server",
                Map.of(
                        "docker-compose.yml",
                        composeFile,
                        "Dockerfile",
                        "FROM " + Stack.IMAGE + "\nLABEL built=yes\n",
                        ".dockerignore",
                        "*"));

        DeployResult result = preprod.deploy(preprod.with(it -> it.action(ComposeSettings.Action.UP)), sha);

        assertThat(result.error()).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.images())
                .containsExactly(
                        new ImageChange("web", built(), old, imageId(built())),
                        new ImageChange("worker", Stack.IMAGE, old, old));
        assertThat(result.toMap())
                .containsEntry("rolledBack", false)
                .extractingByKey("images")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("web", Map.of("image", built(), "before", old, "after", imageId(built())));
    }

    @Test
    void aRestartTellsOfNoImages() throws Exception {
        preprod.startAnew();
        preprod.deploy(preprod.stack.release("release 2"));

        DeployResult result = preprod.deploy(preprod.stack.release("release 3"));

        assertThat(result.images()).isEmpty();
    }

    private static String imageId(String name) {
        return Tool.run(root, "docker", "image", "inspect", "--format", "{{.Id}}", name);
    }
}
