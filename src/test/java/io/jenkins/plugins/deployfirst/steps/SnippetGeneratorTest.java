package io.jenkins.plugins.deployfirst.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import io.jenkins.plugins.deployfirst.config.Definitions;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Has the Snippet Generator write our steps from forms that nobody has touched. */
@WithJenkins
class SnippetGeneratorTest {
    /** With what has no meaning until somebody says it left empty. */
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("buildImages", "buildImages([[name: '']])"),
            Map.entry("composeDeploy", "composeDeploy environment: 'preprod'"),
            Map.entry("deployHook", "deployHook ''"),
            Map.entry("deployPreprodFirst", "deployPreprodFirst environment: 'preprod'"),
            Map.entry("environmentStatus", "environmentStatus environment: 'preprod'"),
            Map.entry("healthGate", "healthGate()"),
            Map.entry("migrationCheck", "migrationCheck down: '', up: ''"),
            Map.entry("notifyDeploy", "notifyDeploy environment: 'preprod', message: ''"),
            Map.entry("promoteToProd", "promoteToProd from: 'preprod', to: 'prod'"),
            Map.entry("rollbackEnvironment", "rollbackEnvironment environment: 'preprod'"),
            Map.entry("watchCiAndRollback", "watchCiAndRollback environment: 'preprod'"),
            Map.entry("withLastValidatedSha", "withLastValidatedSha('preprod') {\n    // some block\n}"));

    @Test
    void aFormThatNobodyTouchedWritesAStepForTheFirstEnvironmentAndNothingSuperfluous(JenkinsRule jenkins)
            throws Exception {
        DeployFirstConfiguration.get()
                .setEnvironments(List.of(Definitions.local("preprod"), Definitions.local("prod")));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        Map<String, String> written = new TreeMap<>();
        for (StepDescriptor step : ExtensionList.lookup(StepDescriptor.class)) {
            if (step.clazz.getName().startsWith("io.jenkins.plugins.deployfirst.")) {
                written.put(step.getFunctionName(), snippet(jenkins, job, step.getFunctionName()));
            }
        }
        assertThat(written).containsExactlyInAnyOrderEntriesOf(EXPECTED);
    }

    private static String snippet(JenkinsRule jenkins, WorkflowJob job, String step) throws Exception {
        try (WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.getPage(job, "pipeline-syntax");
            HtmlSelect steps = page.querySelector("select.dropdownList");
            steps.setSelectedAttribute(
                    steps.getOptions().stream()
                            .filter(option -> option.getText().startsWith(step + ": "))
                            .findFirst()
                            .orElseThrow(),
                    true);
            browser.waitForBackgroundJavaScript(20_000);
            page.getElementById("generatePipelineScript").click();
            HtmlTextArea text = page.querySelector("#prototypeText");
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                browser.waitForBackgroundJavaScript(200);
                return !text.getText().isEmpty();
            });
            return text.getText();
        }
    }
}
