package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jenkins.plugins.deployfirst.engine.testing.MarkdownPage;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environments that the documentation shows in YAML: the command line takes each of them as it stands there. */
class DocumentedEnvironmentsTest {
    private static final Pattern FOR_JENKINS = Pattern.compile("(?m)\\A(#.*\\n)*(jenkins|unclassified):");
    private static final String LEAST = "  - name: documented\n    host: local\n    directory: /srv/app\n";

    @TempDir
    Path home;

    @Test
    void everyEnvironmentIsTakenAsItStandsThere() {
        Tool.write(home.resolve(".ssh/id_ed25519"), "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        Tool.write(home.resolve(".ssh/known_hosts"), "");
        List<MarkdownPage> pages = MarkdownPage.all();

        assertThat(pages).anySatisfy(page -> assertThat(forTheCommandLine(page)).isNotEmpty());
        for (MarkdownPage page : pages) {
            for (String yaml : forTheCommandLine(page)) {
                Tool.write(home.resolve("environments.yml"), asFile(yaml));
                assertThatCode(() -> EnvironmentFile.read(home, "environments.yml", home))
                        .as(page + ":\n" + yaml)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static List<String> forTheCommandLine(MarkdownPage page) {
        return page.code("yaml").stream()
                .filter(yaml -> !FOR_JENKINS.matcher(yaml).find())
                .toList();
    }

    /** A page may show a whole file, an entry of it, or settings of an entry. */
    private static String asFile(String yaml) {
        if (yaml.startsWith("environments:")) {
            return yaml;
        }
        String entries = yaml.startsWith("  - name:") ? yaml : LEAST + yaml.indent(4);
        return "environments:\n" + entries;
    }
}
