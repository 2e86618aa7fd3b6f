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
            const off = Object.fromEntries(arguments[1].map(rule => [rule, { enabled: false }]));
            axe.run({ include: arguments[0] }, { resultTypes: ['violations'], rules: off }).then(
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
     * @param off names of rules that are not asked
     */
    @SuppressWarnings("unchecked")
    static List<String> violations(Browser browser, List<String> parts, List<String> off) {
        browser.driver().executeScript(AXE);
        return (List<String>) browser.driver().executeAsyncScript(RUN, parts, off);
    }

    private static String read(String resource) {
        try (InputStream stream = Accessibility.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
