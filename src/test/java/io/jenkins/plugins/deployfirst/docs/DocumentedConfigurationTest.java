package io.jenkins.plugins.deployfirst.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.engine.testing.MarkdownPage;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The configuration as code that the documentation shows: Jenkins takes it as it stands there. */
@WithJenkins
class DocumentedConfigurationTest {
    private static final Pattern NAME = Pattern.compile("(?m)^      - name: (\\S+)");

    @TempDir
    Path folder;

    @Test
    void everyConfigurationIsTakenAndDefinesItsEnvironments(JenkinsRule jenkins) {
        int taken = 0;
        for (MarkdownPage page : MarkdownPage.all()) {
            for (String yaml : page.code("yaml")) {
                if (yaml.startsWith("unclassified:")) {
                    Path file = folder.resolve("jenkins.yaml");
                    Tool.write(file, yaml);
                    assertThatCode(() -> ConfigurationAsCode.get().configure(file.toString()))
                            .as(page + ":\n" + yaml)
                            .doesNotThrowAnyException();
                    assertThat(DeployFirstConfiguration.get().getEnvironments())
                            .as(page.toString())
                            .extracting(environment -> environment.getName())
                            .isEqualTo(names(yaml));
                    taken++;
                }
            }
        }
        assertThat(taken).isGreaterThan(3);
    }

    private static List<String> names(String yaml) {
        return NAME.matcher(yaml).results().map(name -> name.group(1)).toList();
    }
}
