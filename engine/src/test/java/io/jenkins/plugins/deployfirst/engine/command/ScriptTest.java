package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {
    private static final String START = "problem() { report problem \"$1\"; report detail \"${2-}\"; exit 1; }\n";

    @TempDir
    Path directory;

    @Test
    void aScriptBeginsWithTheFunctionThatTellsProblems() {
        assertThat(Script.start()).hasToString(START);
    }

    @Test
    void aScriptInADirectoryGoesThereFirst() {
        assertThat(Script.in("/srv/it's app").text()).isEqualTo(START + """
                DIR='/srv/it'\\''s app'
                cd "$DIR"
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "plain|X='plain'",
                "two words|X='two words'",
                "it's|X='it'\\''s'",
                "$(id)|X='$(id)'",
                "~|X='~'",
                "-n|X='-n'",
                "\"\"|X=''"
            })
    void aValueIsAssignedInQuotesWhateverItHolds(String value, String line) {
        assertThat(Script.start().set("X", value).text()).isEqualTo(START + line + "\n");
    }

    @ParameterizedTest
    @ArgumentsSource(AwkwardText.class)
    void aValueReachesTheShellAsItIs(String value) throws Exception {
        try (ScriptHost host = new ScriptHost(directory)) {
            Path file = directory.resolve("value");

            host.succeed(Script.in(directory.toString())
                    .set("X", value)
                    .set("FILE", file.toString())
                    .then("printf '%s' \"$X\" > \"$FILE\""));

            assertThat(file).hasContent(value).content().isEqualTo(value);
            assertThat(directory.resolve("gone")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(AwkwardText.class)
    void theWordsOfACommandReachItAsTheyAre(String word) throws Exception {
        try (ScriptHost host = new ScriptHost(directory)) {
            Path file = directory.resolve("words");

            host.succeed(Script.in(directory.toString())
                    .setCommand("WORDS", "first", word, "last")
                    .set("FILE", file.toString())
                    .then("eval \"printf '[%s]' $WORDS\" > \"$FILE\""));

            assertThat(file).content().isEqualTo("[first][" + word + "][last]");
            assertThat(directory.resolve("gone")).doesNotExist();
        }
    }

    @Test
    void aNulIsRefusedBecauseAShellWouldDropItAndWhatFollows() {
        assertThatIllegalArgumentException().isThrownBy(() -> Script.start().set("X", "a\0b"));
    }

    @Test
    void addedLinesEndInOneLineEnd() {
        assertThat(Script.start().then("a\nb \n\n").then("c").text()).isEqualTo(START + "a\nb\nc\n");
    }

    @Test
    void aProblemEndsTheScriptWithItsCodeAndDetail() throws Exception {
        try (ScriptHost host = new ScriptHost(directory)) {
            ScriptResult result =
                    host.run(Script.in(directory.toString()).then("problem locked \"by me\"; touch gone"));

            assertThat(result.exitStatus()).isEqualTo(1);
            assertThat(result.value("problem")).isEqualTo("locked");
            assertThat(result.value("detail")).isEqualTo("by me");
            assertThat(host.run(Script.start().then("problem no-git")).values())
                    .containsEntry("problem", "no-git")
                    .containsEntry("detail", "");
        }
        assertThat(Files.exists(directory.resolve("gone"))).isFalse();
    }

    @Test
    void aDirectoryThatIsNotThereEndsTheScriptBeforeAnythingElse() throws Exception {
        try (ScriptHost host = new ScriptHost(directory)) {
            Path gone = directory.resolve("gone");

            assertThat(host.run(Script.in(directory + "/nowhere")
                                    .set("F", gone.toString())
                                    .then("touch \"$F\""))
                            .succeeded())
                    .isFalse();
            assertThat(gone).doesNotExist();
        }
    }
}
