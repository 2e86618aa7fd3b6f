package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.lines;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.FolderEnvironments;
import io.jenkins.plugins.deployfirst.config.GitHubCiDefinition;
import io.jenkins.plugins.deployfirst.config.LocalHostDefinition;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What happens to a waiting step when the configuration around it changes; nothing is done on a host. */
@WithJenkins
class WatchEndsTest {
    private static final String SHA = "2222222222222222222222222222222222222222";
    private static final String PENDING = "CI: 0 of 1 checks done";

    private static JenkinsRule jenkins;
    private static GitHubChecks gitHub;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        gitHub = GitHubChecks.start();
    }

    @AfterAll
    static void stop() {
        gitHub.close();
    }

    @BeforeEach
    void aCommitWhoseCiIsPending() throws Exception {
        SharedJenkins.startAnew(jenkins);
        DeployFirstConfiguration.get().setEnvironments(List.of(environment()));
        gitHub.startAnew();
        gitHub.pending(SHA, "build");
    }

    @Test
    void itsEnvironmentIsRemoved() throws Exception {
        WorkflowRun build = watch(jenkins.createProject(WorkflowJob.class));

        DeployFirstConfiguration.get().setEnvironments(List.of());

        assertEndedWithoutEnvironment(build);
    }

    @Test
    void itsEnvironmentIsRemovedFromTheFolder() throws Exception {
        DeployFirstConfiguration.get().setEnvironments(List.of());
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.getProperties().replace(new FolderEnvironments(List.of(environment())));
        WorkflowRun build;
        try {
            build = watch(folder.createProject(WorkflowJob.class, "shop"), "node { ", " }");
            DeployFirstConfiguration.get().setEnvironments(List.of());
            assertGoesOn(build);

            folder.getProperties().remove(FolderEnvironments.class);

            assertEndedWithoutEnvironment(build);
        } finally {
            folder.getProperties().remove(FolderEnvironments.class);
        }
    }

    @Test
    void theConfigurationIsReadFromDiskAgain() throws Exception {
        WorkflowRun build = watch(jenkins.createProject(WorkflowJob.class, "shop"));

        jenkins.jenkins.reload();

        assertGoesOn(build);
        // Once, and not once more by the build that was read from disk.
        gitHub.startAnew();
        Pipelines.end(
                jenkins.jenkins.getItemByFullName("shop", WorkflowJob.class).getBuildByNumber(1));
        assertThat(log(Result.UNSTABLE, build)).containsOnlyOnce("UNSTABLE: ").contains("404");
    }

    private static void assertEndedWithoutEnvironment(WorkflowRun build) throws Exception {
        assertThat(lines(log(Result.FAILURE, Pipelines.end(build)), "ERROR: "))
                .containsExactly(
                        "ERROR: The watch of CI ended: environment preprod was removed. preprod is left as it is.");
        assertNobodyReads();
    }

    private static void assertNobodyReads() {
        int reads = gitHub.reads(SHA);
        await().during(Duration.ofMillis(500)).until(() -> gitHub.reads(SHA) <= reads + 1);
    }

    private static void assertGoesOn(WorkflowRun build) {
        int reads = gitHub.reads(SHA);
        await().until(() -> gitHub.reads(SHA) > reads + 2);
        assertThat(build.isBuilding()).isTrue();
    }

    private static WorkflowRun watch(WorkflowJob job) throws Exception {
        return watch(job, "", "");
    }

    private static WorkflowRun watch(WorkflowJob job, String before, String after) throws Exception {
        String step = "watchCiAndRollback environment: 'preprod', sha: '" + SHA + "'";
        job.setDefinition(new CpsFlowDefinition(before + step + after, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        Pipelines.await(PENDING, build);
        return build;
    }

    private static EnvironmentDefinition environment() {
        GitHubCiDefinition ci = new GitHubCiDefinition(GitHubChecks.REPOSITORY);
        ci.setApiUrl(gitHub.url());
        ci.setInitialDelay("0");
        ci.setInterval("100ms");
        EnvironmentDefinition environment =
                new EnvironmentDefinition("preprod", new LocalHostDefinition(), "/srv/nothing");
        environment.setCi(ci);
        return environment;
    }
}
