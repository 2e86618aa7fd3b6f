package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the docker program, which here writes down its arguments, one a line. */
class DockerBuildTest {
    @TempDir
    private Path root;

    private ScriptHost host;

    @BeforeEach
    void start() throws InterruptedException {
        host = new ScriptHost(root);
        host.program("docker", """
                case $1 in pull | image) exit 1 ;; esac
                printf '%s\\n' "${DOCKER_BUILDKIT-}" "$@"
                while [ "$1" != --iidfile ]; do shift; done; echo sha256:1234 > "$2\"""");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String build(DockerBuild image, boolean buildKit, boolean ssh) throws InterruptedException {
        String id = root.resolve("id file").toString();
        assertThat(host.succeed(image.script(Script.in(root.toString()), buildKit, ssh, id))
                        .value("id"))
                .isEqualTo("sha256:1234");
        return String.join(" ", host.output);
    }

    private static DockerBuild image(List<String> cache) {
        return new DockerBuild(
                "/w/back end",
                "/w/back end/Dockerfile",
                Optional.of("prod"),
                Map.of("B", "it's", "A", "1"),
                Map.of("l", "v"),
                cache,
                List.of("shop:latest", "shop:1"));
    }

    @Test
    void buildKitLoadsTheImageAndGetsTheAgentAndTheCache() throws Exception {
        assertThat(build(image(List.of("shop:cache")), true, true))
                .isEqualTo("buildx build --load --progress plain --iidfile " + root
                        + "/id file --file /w/back end/Dockerfile --target prod --build-arg A=1 --build-arg B=it's"
                        + " --label l=v --tag shop:latest --tag shop:1 --cache-from shop:cache --cache-to type=inline"
                        + " --ssh default /w/back end");
    }

    @Test
    void theClassicBuilderGetsOnlyCacheImagesThatAreThere() throws Exception {
        assertThat(build(image(List.of("shop:cache")), false, true))
                .isEqualTo("no cache image shop:cache 0 build --iidfile " + root
                        + "/id file --file /w/back end/Dockerfile --target prod --build-arg A=1 --build-arg B=it's"
                        + " --label l=v --tag shop:latest --tag shop:1 /w/back end");
    }

    @Test
    void withoutAnAgentAndACacheNothingIsSaidOfThem() throws Exception {
        assertThat(build(image(List.of()), true, false)).doesNotContain("--ssh", "--cache");
    }
}
