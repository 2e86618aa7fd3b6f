package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Shows environments as code, and has Jenkins read that again. */
@WithJenkins
class EnvironmentCodeTest {
    private static JenkinsRule jenkins;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
    }

    @Test
    void whatIsShownIsReadAgainAsTheSameEnvironment() throws Exception {
        for (EnvironmentDefinition environment : List.of(Definitions.full("preprod"), Definitions.local("here"))) {
            String yaml = code(environment);

            configure(yaml);

            assertThat(DeployFirstConfiguration.get().getEnvironments())
                    .as(yaml)
                    .usingRecursiveComparison()
                    .isEqualTo(List.of(environment));
        }
    }

    @Test
    void whatIsAsByDefaultIsNotShown() {
        assertThat(code(Definitions.local("here")).lines().toList())
                .containsExactly(
                        "unclassified:",
                        "  deployFirst:",
                        "    environments:",
                        "    - name: \"here\"",
                        "      host: \"local\"",
                        "      directory: \"/srv/app\"");
    }

    @Test
    void theFormShowsWhatItHoldsThoughItIsNotSaved() throws Exception {
        EnvironmentDefinition full = Definitions.full("preprod");
        DeployFirstConfiguration.get().setEnvironments(List.of(Definitions.local("other"), full));
        try (WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("configure");
            DomElement form = ConfigurationPage.environment(page, "preprod");
            HtmlInput directory = form.querySelector("input[name='_.directory']");
            directory.setValue("/srv/elsewhere");

            ConfigurationPage.ask(form, "showCode");

            String yaml = form.querySelector(".deploy-first-code").getTextContent();
            assertThat(yaml).contains("directory: \"/srv/elsewhere\"");
            assertThat(((DomElement) form.querySelector(".jenkins-copy-button")).getAttribute("text"))
                    .isEqualTo(yaml);
            configure(yaml.replace("/srv/elsewhere", "/srv/app"));
        }
        assertThat(DeployFirstConfiguration.get().getEnvironments())
                .usingRecursiveComparison()
                .isEqualTo(List.of(full));
    }

    private static String code(EnvironmentDefinition environment) {
        return new EnvironmentCode(CodeExport.get().orElseThrow().describe(environment), true).getYaml();
    }

    private void configure(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }
}
