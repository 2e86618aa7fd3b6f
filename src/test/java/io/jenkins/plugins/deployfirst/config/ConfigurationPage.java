package io.jenkins.plugins.deployfirst.config;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;

/** Finds its way about a page with the forms of environments. */
final class ConfigurationPage {
    private static final Duration LONG = Duration.ofMinutes(2);

    private ConfigurationPage() {}

    /** Returns the form of the environment of that name. */
    static DomElement environment(HtmlPage page, String name) {
        return page.querySelectorAll(".deploy-first-environment").stream()
                .map(DomElement.class::cast)
                .filter(form -> ((HtmlInput) form.querySelector("input[name='_.name']"))
                        .getValue()
                        .equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Presses one of the buttons below an environment, and returns what the server answers as people read it. */
    static String ask(DomElement environment, String method) throws IOException {
        DomElement button = environment.querySelector("button[data-method='" + method + "']");
        DomNode answer = environment.querySelector(".deploy-first-answer");
        button.click();
        await().atMost(LONG).until(() -> {
            environment.getPage().getWebClient().waitForBackgroundJavaScript(200);
            return isShown(answer) && !answer.asNormalizedText().isEmpty();
        });
        return answer.asNormalizedText();
    }

    static boolean isShown(DomNode node) {
        return !((DomElement) node).getAttribute("class").contains("jenkins-hidden");
    }
}
