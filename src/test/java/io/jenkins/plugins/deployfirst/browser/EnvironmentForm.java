package io.jenkins.plugins.deployfirst.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import org.openqa.selenium.By;

/** The form of a first environment, as a person fills it in. */
final class EnvironmentForm {
    private static final String FORM = "[name='environments']";
    private static final String ANSWER = FORM + " .deploy-first-answer";

    private final Pages pages;
    private final Browser browser;
    private final JenkinsHost host;

    EnvironmentForm(Pages pages, JenkinsHost host) {
        this.pages = pages;
        this.browser = pages.browser();
        this.host = host;
    }

    /** Fills it in from the top to the end, tries it before it is complete and after that, and saves it. */
    void fillIn() {
        browser.click(button("Add environment"));
        fillInTheHost();
        fillInWhatIsAsked();
        browser.click(button("Test connection"));
        browser.see("checks can be read, default branch main");
        pages.lookAtForm("environment-form", FORM);
        pages.lookAtForm("environment-checklist", ANSWER);
        browser.click(button("Show as code"));
        browser.see("credentialsId: \"github-token\"");
        pages.lookAtForm("environment-code", ANSWER);
        browser.click(By.name("Submit"));
        Browser.await()
                .untilAsserted(() -> assertThat(DeployFirstConfiguration.get().getEnvironments())
                        .singleElement()
                        .satisfies(
                                environment -> assertThat(environment.getCi()).isNotNull()));
    }

    private void fillInTheHost() {
        browser.write(setting("name"), JenkinsHost.NAME);
        browser.write(setting("directory"), host.stack.checkout().toString());
        browser.write(setting("stateFile"), host.stack.stateFile().toString());
        browser.write(setting("files"), "docker-compose.yml");
        browser.write(setting("project"), host.stack.project());
        browser.write(setting("address"), System.getProperty("user.name") + "@127.0.0.1:" + host.server.port());
        browser.choose(setting("credentialsId"), "preprod-ssh");
        browser.click(button("Test connection"));
        browser.see("the host key is not known");
        browser.write(
                setting("knownHosts"),
                browser.see(By.cssSelector(FORM + " pre")).getText());
        browser.click(button("Test connection"));
        browser.see("First release");
        pages.lookAtForm("test-connection", FORM);
    }

    private void fillInWhatIsAsked() {
        browser.tick(setting("health"));
        browser.write(setting("url"), host.stack.url());
        browser.write(setting("contains"), "Welcome");
        host.gitHub.showRepository("main");
        browser.choose(By.xpath("//*[text()[contains(., 'CI to watch')]]/following::select[1]"), "GitHub");
        browser.write(setting("repository"), GitHubChecks.REPOSITORY);
        browser.choose(By.cssSelector("select[checkurl*='GitHubCiDefinition']"), "github-token");
        browser.write(setting("apiUrl"), host.gitHub.url());
        browser.write(ofCi("InitialDelay"), "0");
        browser.write(ofCi("Interval"), "200ms");
    }

    private static By button(String text) {
        return By.xpath("//button[contains(., '" + text + "')]");
    }

    /** A field of the environment; the page has others of the same name. */
    private static By setting(String name) {
        return By.cssSelector(FORM + " [name='_." + name + "']");
    }

    /** A field of the CI server, by how its value is checked; health has some of the same name. */
    private static By ofCi(String check) {
        return By.cssSelector("[checkurl$='GitHubCiDefinition/check" + check + "']");
    }
}
