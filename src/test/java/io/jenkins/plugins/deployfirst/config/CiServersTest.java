package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.ci.JenkinsPlace;
import io.jenkins.plugins.deployfirst.ci.RepositoryPlace;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** CI servers other than GitHub, and the secrets of webhooks, as code and in the form. */
@WithJenkins
class CiServersTest {
    private static final String AS_CODE = """
            unclassified:
              deployFirst:
                environments:
                  - name: lab
                    host: local
                    directory: /srv/app
                    ci:
                      gitlab: { project: group/sub/name, credentialsId: token }
                      interval: 20s
                  - name: tea
                    host: local
                    directory: /srv/tea
                    ci:
                      gitea: { repository: owner/name, apiUrl: "https://gitea.example.com/api/v1" }
                  - name: own
                    host: local
                    directory: /srv/own
                    ci:
                      jenkins: { job: team/shop-ci, parameter: REVISION }
                      timeout: 20m
                webhookSecrets:
                  - { server: gitlab, credentialsId: hook }
                  - { server: gitea, credentialsId: gone }
            """;

    private static JenkinsRule jenkins;

    @TempDir
    Path directory;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        SharedJenkins.startAnew(jenkins);
        Credentials.text("token", "glpat-1");
        Credentials.text("hook", "s3cret");
        Path file = Files.writeString(directory.resolve("jenkins.yml"), AS_CODE);
        ConfigurationAsCode.get().configure(file.toUri().toString());
    }

    @Test
    void asCodeTheyAreReadByTheirNames() throws Exception {
        assertThat(access("lab"))
                .isEqualTo(access(CiService.GITLAB, "https://gitlab.com/api/v4", "group/sub/name", "glpat-1"));
        assertThat(access("tea"))
                .isEqualTo(access(CiService.GITEA, "https://gitea.example.com/api/v1", "owner/name", ""));
        assertThat(access("own").place()).isInstanceOfSatisfying(JenkinsPlace.class, place -> {
            assertThat(place.job()).isEqualTo("team/shop-ci");
            assertThat(place.within()).isEmpty();
            assertThat(place.names()).containsExactly("REVISION");
        });
        assertThat(DeployFirstConfiguration.get().webhookSecrets(CiService.GITLAB))
                .containsExactly("s3cret");
        assertThat(DeployFirstConfiguration.get().webhookSecrets(CiService.GITEA))
                .isEmpty();
        assertThat(DeployFirstConfiguration.get().webhookSecrets(CiService.GITHUB))
                .isEmpty();
    }

    @Test
    void theFormKeepsThem() throws Exception {
        jenkins.configRoundtrip();

        asCodeTheyAreReadByTheirNames();
    }

    private static CiAccess access(String environment) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        return DeployFirstConfiguration.get()
                .require(environment, build.getParent(), true)
                .resolve(build)
                .ci()
                .orElseThrow()
                .access();
    }

    private static CiAccess access(CiService service, String apiUrl, String repository, String token) {
        return new CiAccess(new RepositoryPlace(service, apiUrl, repository), token);
    }
}
