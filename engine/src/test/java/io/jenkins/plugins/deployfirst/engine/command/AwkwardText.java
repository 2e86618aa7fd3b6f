package io.jenkins.plugins.deployfirst.engine.command;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;

/** Texts that a shell would understand as something else when they were not quoted. */
public final class AwkwardText implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(ExtensionContext context) {
        return Stream.of(
                        "two words",
                        " around ",
                        "it's",
                        "'",
                        "''",
                        "\"double\"",
                        "two\nlines",
                        "line end\n",
                        "\r\n",
                        "tab\there",
                        "Grüße, 世界 🚀",
                        "-rf",
                        "--upload-pack=x",
                        "$(touch gone)",
                        "`touch gone`",
                        "$HOME ${HOME}",
                        "~",
                        "a=b",
                        "* ?",
                        "a;b|c&d>e<f",
                        "#",
                        "!",
                        "\\",
                        "\\n",
                        "{a,b}",
                        "_E",
                        ".",
                        "%s",
                        "")
                .map(Arguments::of);
    }
}
