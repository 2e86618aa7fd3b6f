package io.jenkins.plugins.deployfirst.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;

/** The pages of the Jenkins under test in a browser, and what holds for each of them. */
final class Pages {
    /** What Jenkins' form library puts into every form: links to help, which come last in its order of tabs, and "Edited". */
    private static final List<String> OF_FORMS = List.of(".jenkins-help-button", ".jenkins-edited-section-label");

    /** Looks at what Jenkins serves of our parts, before any script has touched it. */
    private static final String INLINE = """
            const parts = arguments[0], done = arguments[arguments.length - 1];
            fetch(location.href).then(answer => answer.text()).then(html => {
              const page = new DOMParser().parseFromString(html, 'text/html');
              done(parts.flatMap(part => [...page.querySelectorAll(part + ' *')])
                .filter(one => one.hasAttribute('style') || one.tagName === 'STYLE'
                  || one.tagName === 'SCRIPT' && !one.src
                  || [...one.attributes].some(attribute => attribute.name.startsWith('on')))
                .map(one => one.outerHTML.slice(0, 200)));
            });
            """;

    private final Browser browser;
    private final Gallery gallery;
    private final String jenkins;

    Pages(Browser browser, JenkinsRule jenkins) {
        this.browser = browser;
        this.gallery = new Gallery(browser);
        try {
            this.jenkins = jenkins.getURL().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Browser browser() {
        return browser;
    }

    /** Opens a page by its address below that of Jenkins. */
    void open(String address) {
        browser.open(jenkins + address);
    }

    /**
     * Looks at the page that is shown, light and dark, wide and narrow: everybody can use our parts of it, and the browser has
     * refused nothing for the Content-Security-Policy.
     *
     * @param name of the pictures
     * @param parts selectors of what is ours on it
     */
    void lookAt(String name, String... parts) {
        lookAt(name, "body", List.of(), List.of(parts));
        assertThat((List<?>) browser.driver().executeAsyncScript(INLINE, List.of(parts)))
                .as(name)
                .isEmpty();
    }

    /**
     * Looks at a part of a form in the same way.
     *
     * @param others selectors of what is Jenkins' own within it, besides what is so in every form
     */
    void lookAtForm(String name, String part, String... others) {
        List<String> excluded =
                Stream.concat(OF_FORMS.stream(), Stream.of(others)).toList();
        lookAt(name, part, excluded, List.of(part));
    }

    private void lookAt(String name, String shown, List<String> others, List<String> parts) {
        gallery.keep(
                name,
                By.cssSelector(shown),
                () -> assertThat(Accessibility.violations(browser, parts, others))
                        .as(name)
                        .isEmpty());
        assertThat(browser.console())
                .as(name)
                .noneSatisfy(line -> assertThat(line).contains("Content Security Policy"));
    }
}
