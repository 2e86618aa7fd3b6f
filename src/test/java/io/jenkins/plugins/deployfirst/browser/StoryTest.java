package io.jenkins.plugins.deployfirst.browser;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.nio.file.Path;
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
 * for. Jenkins forbids inline scripts and styles meanwhile, and every page is looked at in its four forms.
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

    @TempDir
    private static Path root;

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
        try (JenkinsHost host = JenkinsHost.start(root);
                Browser browser = Browser.start(profile)) {
            host.addCredentials();
            CoreSymbols.show();
            ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
            Pages pages = new Pages(browser, jenkins);

            pages.open("deployments/");
            pages.lookAt("deployments-empty", ".deploy-first-empty");
            browser.click(By.cssSelector(".deploy-first-empty a.jenkins-button"));
            defineTheEnvironment(pages, host);
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
            rollBackByHand(pages, host, job);
        }
    }

    private static void defineTheEnvironment(Pages pages, JenkinsHost host) {
        Browser browser = pages.browser();
        browser.click(By.xpath("//button[contains(., 'Add environment')]"));
        browser.write(setting("name"), JenkinsHost.NAME);
        browser.write(setting("directory"), host.stack.checkout().toString());
        browser.write(setting("stateFile"), host.stack.stateFile().toString());
        browser.write(setting("files"), "docker-compose.yml");
        browser.write(setting("project"), host.stack.project());
        browser.write(setting("address"), System.getProperty("user.name") + "@127.0.0.1:" + host.server.port());
        browser.choose(setting("credentialsId"), "preprod-ssh");
        browser.click(By.xpath("//button[contains(., 'Test connection')]"));
        browser.see("the host key is not known");
        browser.write(
                setting("knownHosts"),
                browser.see(By.cssSelector("[name='environments'] pre")).getText());
        browser.click(By.xpath("//button[contains(., 'Test connection')]"));
        browser.see("First release");
        pages.lookAtForm("test-connection", "[name='environments']");
        browser.tick(setting("health"));
        browser.write(setting("url"), host.stack.url());
        browser.write(setting("contains"), "Welcome");
        browser.choose(By.xpath("//*[text()[contains(., 'CI to watch')]]/following::select[1]"), "GitHub");
        browser.write(setting("repository"), GitHubChecks.REPOSITORY);
        browser.choose(By.cssSelector("select[checkurl*='GitHubCiDefinition']"), "github-token");
        browser.write(setting("apiUrl"), host.gitHub.url());
        browser.write(ofCi("InitialDelay"), "0");
        browser.write(ofCi("Interval"), "200ms");
        pages.lookAtForm("environment-form", "[name='environments']");
        browser.click(By.name("Submit"));
        Browser.await()
                .untilAsserted(() -> assertThat(DeployFirstConfiguration.get().getEnvironments())
                        .singleElement()
                        .satisfies(
                                environment -> assertThat(environment.getCi()).isNotNull()));
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
        pages.lookAtForm("snippet-generator", "#main-panel");
    }

    private static void rollBackByHand(Pages pages, JenkinsHost host, WorkflowJob job) throws Exception {
        Browser browser = pages.browser();
        String sha = host.stack.release("Paint the shop");
        host.gitHub.pending(sha, "build");
        buildWith(pages, job, sha);
        browser.see("is live");
        pages.open("deployments/");
        browser.see("Paint the shop");
        pages.lookAt("deployments", ".deploy-first-table");
        browser.click(By.cssSelector(".deploy-first-name a"));
        browser.see("Paint the shop");
        pages.lookAt("environment", "#deploy-first-parts");
        browser.click(By.xpath("//button[contains(., 'Roll back')]"));
        browser.see(By.cssSelector("dialog .deploy-first-form"));
        pages.lookAt("roll-back", "dialog");
        browser.click(By.cssSelector("dialog button[type='submit']"));
        Browser.await().untilAsserted(() -> assertThat(host.stack.page()).isEqualTo("Welcome, Sell pears"));
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
        // What the build does appears with its first step; from then on the page follows it by itself.
        Browser.await().until(() -> {
            pages.open(job.getUrl() + number);
            return !browser.driver().findElements(By.cssSelector(LIVE)).isEmpty();
        });
    }

    /** A field of the environment; the page has others of the same name. */
    private static By setting(String name) {
        return By.cssSelector("[name='environments'] [name='_." + name + "']");
    }

    /** A field of the CI server, by how its value is checked; health has some of the same name. */
    private static By ofCi(String check) {
        return By.cssSelector("[checkurl$='GitHubCiDefinition/check" + check + "']");
    }

    private static By field(String name) {
        return By.name("_." + name);
    }
}
