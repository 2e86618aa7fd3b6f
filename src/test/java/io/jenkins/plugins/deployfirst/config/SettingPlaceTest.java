package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Follows error messages in logs to the settings that they complain of. */
@WithJenkins
class SettingPlaceTest {
    private static JenkinsRule jenkins;

    private Folder folder;
    private WorkflowJob job;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
        folder = jenkins.createProject(Folder.class, "team a");
        folder.addProperty(new FolderEnvironments(List.of(Definitions.ssh("staging", "a@127.0.0.1:1", "missing"))));
        DeployFirstConfiguration.get()
                .setEnvironments(List.of(Definitions.ssh("preprod", "a@127.0.0.1:1", "missing"), others()));
        job = folder.createProject(WorkflowJob.class, "app");
    }

    private static EnvironmentDefinition others() {
        EnvironmentDefinition others = Definitions.ssh("of-others", "a@127.0.0.1:1", "missing");
        others.setJobs(List.of("nobody"));
        return others;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Environment preprod: host.ssh.credentialsId: Jenkins can use none. | host.ssh.credentialsId",
                "preprod: directory: /srv/app does not exist on a. Clone it there. | directory",
                "preprod: via: no agent has the label x. | via",
                "compose.files: compose refuses them in /srv/app. | compose.files",
                "freeze: nothing is promoted to preprod now. | freeze",
            })
    void aMessageThatBeginsWithASettingLeadsToIt(String message, String setting) {
        assertThat(SettingPlace.of(job, "preprod", message)).contains(new SettingPlace("", "preprod", setting));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sha: is missing.",
                "preprod: 4b825dc was taken back: not healthy.",
                "The connection to the agent was lost (name).",
            })
    void aMessageAboutSomethingElseLeadsNowhere(String message) {
        assertThat(SettingPlace.of(job, "preprod", message)).isEqualTo(Optional.empty());
    }

    @Test
    void whatIsDefinedInTheStepLeadsNowhere() {
        assertThat(SettingPlace.of(job, "", "directory: /srv/app does not exist on a."))
                .isEmpty();
    }

    @Test
    void theLogLinksToTheFormForThoseWhoMayChangeIt() throws Exception {
        secure();

        WorkflowRun global = fail("environmentStatus environment: 'preprod'");
        WorkflowRun own = fail("environmentStatus environment: 'staging'");
        WorkflowRun unknown = fail("environmentStatus environment: 'prepord'");
        WorkflowRun watch = fail("watchCiAndRollback environment: 'staging', sha: '" + "a".repeat(40) + "'");
        WorkflowRun forbidden = fail("withLastValidatedSha(environment: 'of-others') { }");

        String form = "manage/configure";
        assertThat(console("admin", global))
                .contains("Where to mend it: <a href='/jenkins/" + form
                        + "?deploy-first=preprod&amp;setting=host.ssh.credentialsId'>Manage Jenkins » System » Deploy First » preprod"
                        + " » host.ssh.credentialsId</a>");
        assertThat(console("owner", global))
                .contains("Where to mend it: Manage Jenkins » System » Deploy First » preprod » host.ssh.credentialsId")
                .doesNotContain(form);
        assertThat(console("owner", own))
                .contains("<a href='/jenkins/job/team%20a/configure?deploy-first=staging&amp;setting=host.ssh."
                        + "credentialsId'>team a » Configure » Deploy First » staging");
        assertThat(console("owner", watch)).contains("<a href='/jenkins/job/team%20a/configure?deploy-first=staging");
        assertThat(console("reader", own)).contains("Where to mend it: team a").doesNotContain("configure?deploy");
        assertThat(console("admin", unknown)).contains("<a href='/jenkins/" + form + "#deploy-first'>");
        assertThat(console("admin", forbidden))
                .contains("<a href='/jenkins/" + form + "?deploy-first=of-others&amp;setting=jobs'>");
    }

    private WorkflowRun fail(String step) throws Exception {
        job.setDefinition(new CpsFlowDefinition(step, true));
        WorkflowRun build = Pipelines.end(job.scheduleBuild2(0).waitForStart());
        Pipelines.log(Result.FAILURE, build);
        return build;
    }

    private String console(String user, WorkflowRun build) throws Exception {
        try (WebClient browser = jenkins.createWebClient().login(user)) {
            return browser.goTo(build.getUrl() + "logText/progressiveHtml", null)
                    .getWebResponse()
                    .getContentAsString();
        }
    }

    private void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "owner")
                .grant(Item.CONFIGURE)
                .onFolders(folder)
                .to("owner"));
    }
}
