package io.jenkins.plugins.deployfirst.engine.deploy;

import static io.jenkins.plugins.deployfirst.engine.deploy.Preprod.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rolling updates of releases that are images of a registry. */
class RollingImagesTest extends OnImageSite {
    @Test
    void aReleaseThatIsNotHealthyIsRolledBackToTheImagesBeforeIt() throws Exception {
        site.push(A, "Welcome, 1", A);
        site.push(B, "Welcome, 2", B);
        site.push(C, "Oops", C);
        RollingSettings worker = new RollingSettings(Duration.ofMillis(100), Optional.empty(), List.of("worker"));
        Environment environment = site.with(it -> it.rolling = Optional.of(worker));

        DeployResult first = preprod.deploy(environment, A);
        DeployResult second = preprod.deploy(environment, B);
        preprod.lines.clear();
        DeployResult third = preprod.deploy(environment, C);

        assertThat(first.error()).isEmpty();
        assertThat(names(first.phases())).contains("plan", "up").doesNotContain("roll worker");
        assertThat(second.error()).isEmpty();
        assertThat(names(second.phases())).containsSubsequence("images", "plan", "reset", "up web", "roll worker");
        assertThat(third.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(preprod.lines)
                .filteredOn("worker: 1 new beside 1 old."::equals)
                .hasSize(2);
        assertThat(site.page()).isEqualTo("Welcome, 2");
        assertThat(site.env()).isEqualTo("IMAGE_TAG=" + B + "\n");
        String running = preprod.host("docker ps -q --filter label=com.docker.compose.service=worker"
                + " --filter label=com.docker.compose.project=" + site.project()
                + " | xargs docker inspect --format '{{.Image}}'");
        assertThat(running).isEqualTo(site.id(site.image() + ":" + B));
    }
}
