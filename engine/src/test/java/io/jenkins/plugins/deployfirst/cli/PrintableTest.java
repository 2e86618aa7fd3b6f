package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colours           | \\e[31mred\\e[0m            | red",
                "clearing          | a\\e[2J\\e[Hb               | ab",
                "a window title    | \\e]0;owned\\adone          | done",
                "a title cut short | \\e]0;owned                 | ''",
                "a lone escape     | a\\e b                      | a? b",
                "C1 controls       | a\\u009b31mb                | a?31mb",
                "a bell            | a\\ab                       | a?b",
                "reversed text     | a\\u202eb                   | a?b",
                "a progress bar    | ' 10%\\r 50%\\r100% '       | 100%",
                "a DOS line        | done\\r                     | done",
                "a tab             | a\\tb                       | 'a    b'",
                "indentation       | '  deep '                   | '  deep'"
            })
    void nothingThatAHostPrintsDrivesTheTerminal(String kind, String printed, String shown) {
        assertThat(Printable.hostLine(unescaped(printed))).as(kind).isEqualTo(shown);
    }

    @Test
    void anErrorStaysOneLine() {
        assertThat(Printable.oneLine(" one\r\ntwo\tthree\u2028four ")).isEqualTo("one two three four");
    }

    @Test
    void lettersOfAllLanguagesStay() {
        assertThat(Printable.hostLine("Prüfung 検証 🚀")).isEqualTo("Prüfung 検証 🚀");
        assertThat(Printable.oneLine("Prüfung 検証 🚀")).isEqualTo("Prüfung 検証 🚀");
    }

    @Test
    void anEndlessLineIsCut() {
        assertThat(Printable.hostLine("x".repeat(5000))).hasSize(2000).containsOnlyOnce("x".repeat(2000));
    }

    private static String unescaped(String text) {
        return text.replace("\\e", "\u001B")
                .replace("\\a", "\u0007")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("\\u009b", "\u009B")
                .replace("\\u202e", "\u202E");
    }
}
