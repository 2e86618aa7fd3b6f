package io.jenkins.plugins.deployfirst.browser;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.testing.Production;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.By;

/**
 * The whole story as a person clicks through it, from the first look at an empty Jenkins to a release that CI has failed
 * for, and one that goes on to production. Jenkins forbids inline scripts and styles meanwhile, and every page is looked at in its four forms.
 */
@ExtendWith({RealHost.class, RealBrowser.class})
@WithJenkins
class StoryTest {
    private static final String CSP_HEADER = "jenkins.security.csp.CspHeader.headerName";
    private static final String LIVE = ".deploy-first-live";
    private static final String PIPELINE = """
            pipeline {
                agent none
                stages {
                    stage('Preprod') {
                        steps {
                            deployPreprodFirst environment: 'preprod', sha: params.SHA
                            watchCiAndRollback environment: 'preprod'
                        }
                    }
                }
            }
            """;

    @TempDir(factory = SiteFolder.class)
    private static Path shop;

    @TempDir(factory = SiteFolder.class)
    private static Path production;

    @TempDir
    private static Path profile;

    @BeforeAll
    static void forbidInlineScripts() {
        System.setProperty(CSP_HEADER, "Content-Security-Policy");
    }

    @AfterAll
    static void allowThemAgain() {
        System.clearProperty(CSP_HEADER);
    }

    @Test
    void aTeamSetsItUpDeploysAndIsSavedByItsCi(JenkinsRule jenkins) throws Exception {
        try (JenkinsHost host = JenkinsHost.start(shop);
                Production prod = Production.start(production, host);
                Browser browser = Browser.start(profile)) {
            host.addCredentials();
            CoreSymbols.show();
            ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
            Pages pages = new Pages(browser, jenkins);

            pages.open("deployments/");
            pages.lookAt("deployments-empty", ".deploy-first-empty");
            browser.click(By.cssSelector(".deploy-first-empty a.jenkins-button"));
            new EnvironmentForm(pages, host).fillIn();
            WorkflowJob job = aJob(jenkins);
            generateTheStep(pages, job);
            String good = host.stack.release("Sell pears");
            host.gitHub.succeeded(good, "build");
            buildWith(pages, job, good);
            browser.see("is validated, CI succeeded");
            pages.lookAt("build-validated", LIVE);
            String bad = host.stack.release("Simplify the prices");
            host.gitHub.pending(bad, "unit-tests");
            buildWith(pages, job, bad);
            browser.see("is live");
            pages.lookAt("build-under-way", LIVE);
            host.gitHub.failed(bad, "unit-tests");
            browser.see("taken back to");
            pages.lookAt("build-rolled-back", LIVE);
            assertThat(host.stack.page()).isEqualTo("Welcome, Sell pears");
            pages.open(job.getUrl());
            browser.see("Simplify the prices");
            pages.lookAt("job", ".deploy-first-job");
            defineProduction(prod);
            ByHand byHand = new ByHand(pages, host);
            rollBackByHand(byHand, pages, host, job);
            byHand.promote(prod, "Sell pears");
        }
    }

    private static WorkflowJob aJob(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = new Pipelines(jenkins).job(PIPELINE);
        job.renameTo("shop");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SHA", "")));
        return job;
    }

    private static void generateTheStep(Pages pages, WorkflowJob job) {
        Browser browser = pages.browser();
        pages.open(job.getUrl() + "pipeline-syntax/");
        browser.choose(
                By.cssSelector("select.dropdownList"),
                "deployPreprodFirst: Deploy a commit at once, and take it back if it is not healthy");
        browser.choose(field("environment"), JenkinsHost.NAME);
        browser.click(By.id("generatePipelineScript"));
        Browser.await()
                .untilAsserted(
                        () -> assertThat(browser.see(By.id("prototypeText")).getDomProperty("value"))
                                .contains("deployPreprodFirst environment: 'preprod'"));
        pages.lookAtForm("snippet-generator", "#main-panel", "#prototypeText", "select.dropdownList");
    }

    /** The second one is like the first; there is nothing more to see in its form. */
    private static void defineProduction(Production prod) {
        DeployFirstConfiguration global = DeployFirstConfiguration.get();
        List<EnvironmentDefinition> both = new ArrayList<>(global.getEnvironments());
        both.add(prod.definition());
        global.setEnvironments(both);
    }

    private static void rollBackByHand(ByHand byHand, Pages pages, JenkinsHost host, WorkflowJob job) throws Exception {
        String sha = host.stack.release("Paint the shop");
        host.gitHub.pending(sha, "build");
        buildWith(pages, job, sha);
        pages.browser().see("is live");
        byHand.rollBack("Paint the shop", "Sell pears");
        // The watch of what was taken back finds nothing left to undo.
        host.gitHub.failed(sha, "build");
        Pipelines.end(job.getLastBuild());
        assertThat(host.stack.page()).isEqualTo("Welcome, Sell pears");
    }

    private static void buildWith(Pages pages, WorkflowJob job, String sha) {
        Browser browser = pages.browser();
        int number = job.getNextBuildNumber();
        pages.open(job.getUrl() + "build?delay=0sec");
        browser.write(By.name("value"), sha);
        browser.click(By.xpath("//button[contains(., 'Build')]"));
        Browser.await().until(() -> job.getBuildByNumber(number) != null);
        // Opened before or after its first step has begun: the page follows it by itself.
        pages.open(job.getUrl() + number);
    }

    private static By field(String name) {
        return By.name("_." + name);
    }
}
