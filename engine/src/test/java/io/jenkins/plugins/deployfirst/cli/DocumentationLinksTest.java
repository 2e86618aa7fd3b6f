package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.testing.MarkdownPage;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The links between the pages of the documentation: where they lead, there is something. */
class DocumentationLinksTest {
    private final List<MarkdownPage> pages = MarkdownPage.all();

    @Test
    void everyLinkLeadsToAFileThatIsThereAndToAHeadingInIt() {
        List<String> broken = new ArrayList<>();
        int followed = 0;
        for (MarkdownPage page : pages) {
            for (String link : page.links()) {
                if (!link.matches("(https?|mailto):.*")) {
                    followed++;
                    if (!leadsSomewhere(page, link)) {
                        broken.add(page + ": " + link);
                    }
                }
            }
        }
        assertThat(followed).isGreaterThan(100);
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageOfTheDocumentationIsFoundFromItsIndex() {
        Path docs = MarkdownPage.inRepository("docs").toAbsolutePath().normalize();
        List<Path> linked = MarkdownPage.of("docs/README.md").links().stream()
                .map(link -> docs.resolve(link.replaceFirst("#.*", "")).normalize())
                .toList();

        assertThat(pages.stream().map(MarkdownPage::file).filter(file -> file.startsWith(docs)))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(linked.contains(file) || file.endsWith("docs/README.md"))
                        .as(file + " is linked from docs/README.md")
                        .isTrue());
    }

    @Test
    void theReadmeLeadsToTheDocumentation() {
        assertThat(MarkdownPage.of("README.md").links()).contains("docs/README.md", "docs/quick-start.md");
    }

    private static boolean leadsSomewhere(MarkdownPage page, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        String anchor = hash < 0 ? "" : link.substring(hash + 1);
        Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path);
        if (!Files.exists(target)) {
            return false;
        }
        if (anchor.matches("L\\d+")) {
            return Integer.parseInt(anchor.substring(1)) <= Tool.lines(target).size();
        }
        return anchor.isEmpty()
                || MarkdownPage.of(target.toAbsolutePath().toString()).anchors().contains(anchor);
    }
}
