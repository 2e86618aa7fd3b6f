package io.jenkins.plugins.deployfirst;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the pages free of what a Content-Security-Policy forbids, and escaped. */
class ResourcesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern INLINE = Pattern.compile(
            "<script(?![^>]*\\ssrc=)|\\son[a-z]+\\s*=|\\sstyle\\s*=|<style|javascript:|<j:out",
            Pattern.CASE_INSENSITIVE);

    @Test
    void noPageHoldsScriptsOrStylesOrUnescapedText() throws IOException {
        List<Path> pages = files("jelly", "html", "groovy");

        assertThat(pages)
                .isNotEmpty()
                .allSatisfy(page ->
                        assertThat(Files.readString(page)).as(page.toString()).doesNotContainPattern(INLINE));
    }

    @Test
    void everyJellyPageEscapesByDefault() throws IOException {
        assertThat(files("jelly"))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(Files.readString(page))
                        .as(page.toString())
                        .startsWith("<?jelly escape-by-default='true'?>"));
    }

    @Test
    void checksOfFieldsAreAskedByThePagesOwnScriptOfCore() throws IOException {
        assertThat(files("jelly")).allSatisfy(page -> {
            String text = Files.readString(page);
            if (text.contains("checkUrl=")) {
                assertThat(text).as(page.toString()).contains("checkDependsOn=");
            }
        });
    }

    @Test
    void coloursComeFromTheTheme() throws IOException {
        assertThat(files("css"))
                .isNotEmpty()
                .allSatisfy(sheet -> assertThat(Files.readString(sheet))
                        .as(sheet.toString())
                        .doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b|\\brgba?\\(|!important"));
    }

    private static List<Path> files(String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings)
                            .anyMatch(ending -> file.toString().endsWith("." + ending)))
                    .toList();
        }
    }
}
