package io.jenkins.plugins.deployfirst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of {@code examples/README.md}: what they point to is there. */
class TableTest {
    private static final Path FOLDER = Path.of("examples");
    private static final Pattern LINK = Pattern.compile("\\[`([^`]+)`]\\(([^)#]+)#L(\\d+)\\)");
    private static final Pattern SECTION = Pattern.compile("(?ms)shown by `(\\w+)` \\|\\n(.*?)(?=^## |\\z)");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private final String readme = Tool.read(FOLDER.resolve("README.md"));

    @Test
    void everyLineThatIsPointedToSaysWhatTheTableSays() {
        List<MatchResult> links = LINK.matcher(readme).results().toList();

        assertThat(links).hasSizeGreaterThan(50);
        for (MatchResult link : links) {
            List<String> lines = Tool.lines(FOLDER.resolve(link.group(2)));
            int number = Integer.parseInt(link.group(3));
            assertThat(lines).as(link.group()).hasSizeGreaterThanOrEqualTo(number);
            assertThat(lines.get(number - 1)).as(link.group()).contains(link.group(1));
        }
    }

    @Test
    void everyTestThatIsNamedExists() throws ClassNotFoundException {
        List<MatchResult> sections = SECTION.matcher(readme + "\n").results().toList();

        assertThat(sections).hasSize(5);
        for (MatchResult section : sections) {
            List<String> tests = testsOf(section.group(1));
            List<String> rows = section.group(2)
                    .lines()
                    .filter(line -> line.startsWith("| ") && !line.contains(" --- "))
                    .toList();
            assertThat(rows)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(shownBy(row)).isNotEmpty().isSubsetOf(tests));
        }
    }

    private static List<String> shownBy(String row) {
        String[] cells = row.split("\\|");
        return NAME.matcher(cells[cells.length - 1])
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    private static List<String> testsOf(String testClass) throws ClassNotFoundException {
        Class<?> found = Class.forName(
                TableTest.class.getPackageName() + "." + testClass, false, TableTest.class.getClassLoader());
        return List.of(found.getDeclaredMethods()).stream()
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .toList();
    }
}
