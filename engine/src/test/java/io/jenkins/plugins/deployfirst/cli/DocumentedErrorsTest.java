package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.testing.MarkdownPage;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The error messages that the pages of the steps explain: the code says them in these words. */
class DocumentedErrorsTest {
    private static final String SOURCES = sources();

    @Test
    void everyMessageThatIsExplainedIsOneThatTheCodeSays() {
        List<MarkdownPage> pages = MarkdownPage.all().stream()
                .filter(page -> page.file().getParent().endsWith("docs/steps"))
                .toList();
        List<String> unknown = new ArrayList<>();
        for (MarkdownPage page : pages) {
            page.firstColumn("When it fails").stream()
                    .flatMap(List::stream)
                    .flatMap(DocumentedErrorsTest::sayings)
                    .filter(saying -> !SOURCES.contains(saying))
                    .forEach(saying -> unknown.add(page + ": " + saying));
        }
        assertThat(pages).hasSizeGreaterThan(10);
        assertThat(unknown).isEmpty();
    }

    /** What stands between an ellipsis, or a colon, and the next one; single words say too little. */
    private static Stream<String> sayings(String message) {
        return Stream.of(message.split("…|: |\\(|\\)|\""))
                .map(part -> part.strip().replaceFirst("^: ?", ""))
                .filter(part -> part.contains(" "));
    }

    /** The sources with their texts in one piece, as they are at run time. */
    private static String sources() {
        return Stream.of("src/main/java", "engine/src/main/java")
                .map(MarkdownPage::inRepository)
                .map(DocumentedErrorsTest::sourcesIn)
                .collect(Collectors.joining())
                .replaceAll("\"\\s*\\+\\s*\"", "");
    }

    private static String sourcesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Tool::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
