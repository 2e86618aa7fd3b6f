package io.jenkins.plugins.deployfirst.engine.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people see of a job's log. */
class LogTextTest {

    @Test
    void gitHubsTimesMarksAndColoursAreTakenOutAndCleaningUpIsLeftOut() {
        String log = """
                \uFEFF2026-03-01T10:00:00.1234567Z ##[group]Run npm test
                2026-03-01T10:00:00.2234567Z \u001b[36;1mnpm test\u001b[0m
                2026-03-01T10:00:00.3234567Z ##[endgroup]
                2026-03-01T10:00:01.1234567Z  \u001b[31m✗\u001b[39m adds numbers
                2026-03-01T10:00:01.2234567Z
                2026-03-01T10:00:02.1234567Z ##[error]Process completed with exit code 1.
                2026-03-01T10:00:02.2234567Z Post job cleanup.
                2026-03-01T10:00:02.3234567Z Cleaning up orphan processes
                """;

        assertThat(lines(log))
                .containsExactly("Run npm test", "npm test", "✗ adds numbers", "Process completed with exit code 1.");
    }

    @Test
    void gitLabsSectionsAndTimesAreTakenOut() {
        String log = "section_start:1560896352:step_script\r\u001b[0K\u001b[36;1mExecuting\u001b[0;m\n"
                + "2024-05-01T10:12:02.507351Z 01O $ make test\n"
                + "2024-05-01T10:12:02.507351Z 01E+make: *** [test] Error 2\n"
                + "section_end:1560896353:step_script\r\u001b[0K\u001b[31;1mERROR: Job failed: exit code 1\n";

        assertThat(lines(log))
                .containsExactly(
                        "Executing", "$ make test", "make: *** [test] Error 2", "ERROR: Job failed: exit code 1");
    }

    @Test
    void whatWasWrittenOverIsLeftOut() {
        assertThat(lines("10 %\r50 %\r100 %\r\ndone\r\n")).containsExactly("100 %", "done");
    }

    @Test
    void onlyTheLastThirtyLinesAreKept() {
        String log =
                IntStream.rangeClosed(1, 100).mapToObj(line -> "line " + line).collect(Collectors.joining("\n"));

        assertThat(lines(log)).hasSize(30).startsWith("line 71").endsWith("line 100");
    }

    @Test
    void aLineIsBoundedAndHarmless() {
        assertThat(lines("a\u0007\u202eb\u001b]8;;https://evil.example\u0007c" + "x".repeat(600)))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("abcx").hasSize(500));
    }

    @Test
    void secretsAreMaskedAlsoWhereColoursStandBetween() {
        assertThat(LogText.lastLines("pass\u001b[1mword hunter\u001b[0m2", text -> text.replace("hunter2", "****")))
                .containsExactly("password ****");
    }

    @Test
    void nothingIsNothing() {
        assertThat(lines("")).isEmpty();
    }

    private static List<String> lines(String log) {
        return LogText.lastLines(log, UnaryOperator.identity());
    }
}
