package io.jenkins.plugins.deployfirst.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.deployfirst.engine.command.AwkwardText;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"up", "-d", "--project=app", "docker-compose.yml", "/srv/app", "a@b:22", "50%", "x+y,z", "1", "-"
            })
    void aPlainWordStaysReadable(String word) {
        assertThat(Quote.word(word)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|''",
                "two words|'two words'",
                "it's|'it'\\''s'",
                "'|''\\'''",
                "$(id)|'$(id)'",
                "~|'~'",
                "~root/x|'~root/x'",
                "ü|'ü'",
                "PATH=/tmp|'PATH=/tmp'",
                "--a=b=c|'--a=b=c'",
                "#x|'#x'",
                "!|'!'",
                "a*|'a*'"
            })
    void anythingElseIsQuoted(String word, String quoted) {
        assertThat(Quote.word(word)).isEqualTo(quoted);
    }

    @Test
    void aLineEndStaysInsideItsQuotes() {
        assertThat(Quote.word("a\nb")).isEqualTo("'a\nb'");
        assertThat(Quote.word("a\n")).isEqualTo("'a\n'");
    }

    @Test
    void quotedQuotesPlainWordsToo() {
        assertThat(Quote.quoted("plain")).isEqualTo("'plain'");
        assertThat(Quote.quoted("")).isEqualTo("''");
    }

    @Test
    void aCommandIsItsWordsWithSpacesBetween() {
        assertThat(Quote.command("git", "commit", "-m", "it's done")).isEqualTo("git commit -m 'it'\\''s done'");
        assertThat(Quote.command(List.of())).isEmpty();
        assertThat(Quote.command("")).isEqualTo("''");
    }

    @ParameterizedTest
    @ArgumentsSource(AwkwardText.class)
    void aShellReadsTheWordAsItWas(String word) {
        Path file = directory.resolve("word");

        Tool.run(directory, "sh", "-c", Quote.command("printf", "%s", word) + " > " + Quote.word(file.toString()));

        assertThat(file).content().isEqualTo(word);
        assertThat(directory.resolve("gone")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b", "PATH=/tmp", "a="})
    void aWordIsNeverTakenForAnAssignment(String word) {
        // It names a program, which is not there.
        assertThat(Tool.works("sh", "-c", Quote.word(word))).isFalse();
        assertThat(Tool.works("sh", "-c", word)).isTrue();
    }

    @Test
    void aNulIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quote.word("a\0b"))
                .withMessage("A NUL character cannot stand in a command line.");
        assertThatIllegalArgumentException().isThrownBy(() -> Quote.quoted("\0"));
    }
}
