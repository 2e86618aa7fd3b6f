package io.jenkins.plugins.deployfirst.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Production;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What a person does to environments on the page "Deployments". */
final class ByHand {
    private static final By FORM = By.cssSelector("dialog .deploy-first-form");
    private static final By SUBMIT = By.cssSelector("dialog button[type='submit']");

    private final Pages pages;
    private final Browser browser;
    private final JenkinsHost host;

    ByHand(Pages pages, JenkinsHost host) {
        this.pages = pages;
        this.browser = pages.browser();
        this.host = host;
    }

    /** Looks at the environments, goes from the list to the first one's page, and takes that back. */
    void rollBack(String live, String before) {
        pages.open("deployments/");
        browser.see(live);
        pages.lookAt("deployments", ".deploy-first-table");
        browser.click(By.cssSelector(".deploy-first-name a"));
        browser.see(live);
        pages.lookAt("environment", "#deploy-first-parts");
        browser.click(By.xpath("//button[contains(., 'Roll back')]"));
        browser.see(FORM);
        pages.lookAt("roll-back", "dialog");
        browser.click(SUBMIT);
        browser.see("✓ restart");
        seeItDone();
        assertThat(host.stack.page()).isEqualTo("Welcome, " + before);
        pages.lookAt("operation", "#deploy-first-parts");
    }

    /** Carries what is validated on to production, from the list, once the right word is typed. */
    void promote(Production prod, String release) {
        String first = prod.stack.live();
        pages.open("deployments/");
        browser.click(By.cssSelector("[data-deploy-first-dialog$='/" + JenkinsHost.NAME + "/promoteForm']"));
        browser.see(FORM);
        browser.choose(By.id("deploy-first-target"), Production.NAME);
        browser.write(By.id("deploy-first-confirm"), "deploy");
        browser.click(SUBMIT);
        WebElement form = browser.see(FORM);
        assertThat(form.findElements(By.cssSelector(":invalid"))).hasSize(1);
        assertThat(prod.stack.live()).isEqualTo(first);
        browser.write(By.id("deploy-first-confirm"), "DEPLOY");
        pages.lookAt("promote", "dialog");
        browser.click(SUBMIT);
        browser.see("Promote from " + JenkinsHost.NAME + " to " + Production.NAME);
        seeItDone();
        assertThat(prod.stack.page()).isEqualTo("Welcome, " + release);
        pages.open("deployments/");
        browser.see("was promoted from " + JenkinsHost.NAME);
        pages.lookAt("deployments-promoted", ".deploy-first-table");
    }

    /** The log says it first, then the line above it; nothing is left to stop. */
    private void seeItDone() {
        browser.see("Done.");
        browser.see(By.cssSelector(".deploy-first-result[data-last='true']"));
        assertThat(browser.driver().findElements(By.cssSelector("[data-deploy-first-post$='/stop']")))
                .isEmpty();
    }
}
