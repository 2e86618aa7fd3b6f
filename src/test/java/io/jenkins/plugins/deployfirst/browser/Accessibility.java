package io.jenkins.plugins.deployfirst.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Asks axe-core whether everybody can use a part of a page. */
final class Accessibility {
    private static final String AXE = read("/axe.min.js");
    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run({ include: arguments[0], exclude: arguments[1] }, { resultTypes: ['violations'] }).then(
              results => done(results.violations
                .filter(rule => ['serious', 'critical'].includes(rule.impact))
                .flatMap(rule => rule.nodes.map(node =>
                  rule.id + ' (' + rule.impact + '): ' + node.target + ': ' + node.failureSummary))),
              failure => done(['axe-core itself failed: ' + failure]));
            """;

    private Accessibility() {}

    /**
     * Returns the violations that are serious or critical.
     *
     * @param parts selectors of what is ours; the rest of the page is Jenkins' own
     * @param others selectors of what is Jenkins' own within them
     */
    @SuppressWarnings("unchecked")
    static List<String> violations(Browser browser, List<String> parts, List<String> others) {
        browser.driver().executeScript(AXE);
        return (List<String>) browser.driver().executeAsyncScript(RUN, parts, others);
    }

    private static String read(String resource) {
        try (InputStream stream = Accessibility.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
