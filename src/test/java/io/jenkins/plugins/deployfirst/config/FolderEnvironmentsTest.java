package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.AbortException;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.util.List;
import org.htmlunit.FailingHttpStatusCodeException;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FolderEnvironmentsTest {
    private static JenkinsRule jenkins;

    private Folder outer;
    private Folder inner;
    private FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
        outer = jenkins.createProject(Folder.class, "team");
        inner = outer.createProject(Folder.class, "shop");
        job = inner.createProject(FreeStyleProject.class, "deploy");
    }

    @Test
    void theNearestFolderDefinesWhatANameMeans() throws Exception {
        DeployFirstConfiguration.get()
                .setEnvironments(List.of(
                        Definitions.ssh("preprod", "global.example.com", "key"),
                        Definitions.ssh("production", "global.example.com", "key")));
        define(outer, Definitions.ssh("preprod", "outer.example.com", "key"));

        assertThat(addressOf("preprod")).isEqualTo("outer.example.com");
        assertThat(addressOf("production")).isEqualTo("global.example.com");

        define(inner, Definitions.ssh("preprod", "inner.example.com", "key"));

        assertThat(addressOf("preprod")).isEqualTo("inner.example.com");
        assertThat(DeployFirstConfiguration.get().usableBy(job))
                .extracting(EnvironmentDefinition::getName)
                .containsExactly("preprod", "production");
    }

    @Test
    void jobsElsewhereDoNotSeeThem() throws Exception {
        define(inner, Definitions.ssh("preprod", "inner.example.com", "key"));
        FreeStyleProject elsewhere = outer.createProject(FreeStyleProject.class, "elsewhere");

        assertThatThrownBy(() -> DeployFirstConfiguration.get().require("preprod", elsewhere, true))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("there is no environment \"preprod\"")
                .hasMessageContaining("or in a folder's configuration.");
    }

    @Test
    void anEnvironmentThatANearerFolderRestrictsIsNotTakenFromFartherOff() throws Exception {
        DeployFirstConfiguration.get().setEnvironments(List.of(Definitions.local("preprod")));
        EnvironmentDefinition restricted = Definitions.local("preprod");
        restricted.setJobs(List.of("team/other"));
        define(inner, restricted);

        assertThatThrownBy(() -> DeployFirstConfiguration.get().require("preprod", job, true))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("team/shop/deploy may not use \"preprod\"");
        assertThat(DeployFirstConfiguration.get().usableBy(job)).isEmpty();
    }

    @Test
    void noFolderRunsCommandsOnTheController() throws Exception {
        define(outer, Definitions.local("here"));
        WorkflowJob pipeline = inner.createProject(WorkflowJob.class, "pipeline");
        pipeline.setDefinition(new CpsFlowDefinition("healthGate environment: 'here'", true));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, pipeline);

        jenkins.assertLogContains("environment here: host: local would run commands on the controller.", run);
        assertThat(DeployFirstConfiguration.get()
                        .require("here", pipeline, true)
                        .getName())
                .isEqualTo("here");
    }

    @Test
    void theFormKeepsEverySetting() throws Exception {
        define(outer, Definitions.full("preprod"));

        jenkins.configRoundtrip(outer);

        assertThat(environments(outer)).usingRecursiveComparison().isEqualTo(List.of(Definitions.full("preprod")));
    }

    @Test
    void aFolderWithoutEnvironmentsKeepsNoneInItsConfiguration() throws Exception {
        jenkins.configRoundtrip(outer);

        assertThat(outer.getConfigFile().asString()).doesNotContain("FolderEnvironments");
    }

    @Test
    void aWrongSettingIsRefusedByTheFormAndNothingIsLost() throws Exception {
        define(outer, Definitions.local("preprod"), Definitions.local("preprod"));

        assertThatThrownBy(() -> jenkins.configRoundtrip(outer))
                .isInstanceOfSatisfying(
                        FailingHttpStatusCodeException.class,
                        e -> assertThat(e.getResponse().getContentAsString())
                                .contains("there are two environments with the name"));

        assertThat(environments(outer)).hasSize(2);
    }

    private String addressOf(String name) throws Exception {
        EnvironmentDefinition found = DeployFirstConfiguration.get().require(name, job, false);
        return ((SshHostDefinition) found.getHost()).getAddress();
    }

    private static void define(Folder folder, EnvironmentDefinition... environments) throws Exception {
        folder.getProperties().replace(new FolderEnvironments(List.of(environments)));
    }

    private static List<EnvironmentDefinition> environments(Folder folder) {
        return folder.getProperties().get(FolderEnvironments.class).getEnvironments();
    }
}
