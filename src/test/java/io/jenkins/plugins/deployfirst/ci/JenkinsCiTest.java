package io.jenkins.plugins.deployfirst.ci;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.deployfirst.config.JenkinsCiDefinition;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FailureBuilder;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.TestBuilder;

/** A job of the same Jenkins as the CI of what is deployed to a real host. */
class JenkinsCiTest extends OnJenkinsHost {
    @BeforeEach
    void forgetJobs() throws Exception {
        SharedJenkins.startAnew(jenkins);
        host.addCredentials();
    }

    /** It reads once an hour: what wakes it is the end of the other build. */
    @Test
    void aBuildThatFailsTakesTheReleaseBackAtOnce() throws Exception {
        ci("shop-ci", "1h");
        String sha = host.stack.release("a bad release");
        Tests tests = new Tests();
        FreeStyleProject ci = jenkins.createFreeStyleProject("shop-ci");
        ci.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SHA", sha)));
        ci.getBuildersList().add(tests);
        FreeStyleBuild running = ci.scheduleBuild2(0).waitForStart();
        WorkflowRun build = pipelines.start(deployAndWatch(sha));
        Pipelines.await("CI: 0 of 1 checks done, pending: shop-ci", build);

        tests.end.countDown();

        assertThat(log(Result.FAILURE, Pipelines.end(build)))
                .contains("on Jenkins shop-ci for at most 2 h")
                .contains("CI: shop-ci: failure " + jenkins.getURL() + running.getUrl())
                .contains("CI: shop-ci: the end of its log:")
                .contains("3 tests are red")
                .contains("was taken back to ");
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(host.discord.messages()).anyMatch(message -> message.contains("shop-ci"));
    }

    @Test
    void aPipelineThatSucceedsValidatesTheRelease() throws Exception {
        ci("team/shop-ci", "200ms");
        String sha = host.stack.release("a good release");
        WorkflowJob ci = jenkins.createFolder("team").createProject(WorkflowJob.class, "shop-ci");
        ci.setDefinition(new CpsFlowDefinition("env.SHA = '" + sha + "'\necho 'all green'", true));
        jenkins.buildAndAssertSuccess(ci);

        WorkflowRun build = pipelines.run(deployAndWatch(sha));

        log(Result.SUCCESS, build);
        assertThat(host.validated()).isEqualTo(sha);
    }

    /** Each of them is a build of the commit that is not over, in the folder that the other one watches. */
    @Test
    void twoJobsOfAFolderThatWatchThatFolderDoNotWaitForEachOther() throws Exception {
        ci("/team", "200ms");
        String sha = host.stack.release("watched twice");
        MockFolder team = jenkins.createFolder("team");
        String watch = "env.SHA = '" + sha + "'\nwatchCiAndRollback environment: 'preprod', sha: '" + sha + "'";
        log(Result.SUCCESS, pipelines.run("deployPreprodFirst environment: 'preprod', sha: '" + sha + "'"));
        WorkflowRun one = start(team, "one", watch);
        WorkflowRun two = start(team, "two", watch);
        Pipelines.await("CI: no check has appeared yet", one);
        Pipelines.await("CI: no check has appeared yet", two);

        start(team, "ci", "env.SHA = '" + sha + "'\necho 'all green'");

        log(Result.SUCCESS, Pipelines.end(one));
        log(Result.SUCCESS, Pipelines.end(two));
        assertThat(host.validated()).isEqualTo(sha);
    }

    @Test
    void aPipelineMayDefineTheEnvironmentAndItsCiInPlace() throws Exception {
        String sha = host.stack.release("defined in place");
        FreeStyleProject ci = jenkins.createFreeStyleProject("shop-ci");
        ci.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SHA", sha)));
        ci.getBuildersList().add(new FailureBuilder());
        jenkins.buildAndAssertStatus(Result.FAILURE, ci);
        host.configure();
        log(Result.SUCCESS, pipelines.run("deployPreprodFirst environment: 'preprod', sha: '" + sha + "'"));

        WorkflowRun build = pipelines.run(inPlace(sha));

        assertThat(log(Result.FAILURE, build))
                .contains("on Jenkins shop-ci for at most")
                .contains("was taken back to ");
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void aJobThatIsNotThereLeavesTheHostAlone() throws Exception {
        ci("shop-cl", "200ms");
        String sha = host.stack.release("watched in vain");

        WorkflowRun build = pipelines.run(deployAndWatch(sha));

        assertThat(log(Result.UNSTABLE, build))
                .contains("CI gave no verdict (ERROR): ci.jenkins.job: there is no job, folder or multibranch project"
                        + " \"shop-cl\"");
        assertThat(host.stack.live()).isEqualTo(sha);
    }

    private static String inPlace(String sha) {
        return """
                watchCiAndRollback sha: '%s', definition: [
                    name: 'preprod',
                    directory: '%s',
                    stateFile: '%s',
                    host: ssh(address: '%s@127.0.0.1:%d', credentialsId: 'preprod-ssh', knownHosts: '''%s'''),
                    compose: [files: ['docker-compose.yml'], project: '%s'],
                    health: [url: '%s', contains: 'Welcome', startPeriod: '2s'],
                    ci: jenkins(job: 'shop-ci', initialDelay: '0', interval: '200ms')]
                """.formatted(
                        sha,
                        host.stack.checkout(),
                        host.stack.stateFile(),
                        System.getProperty("user.name"),
                        host.server.port(),
                        host.server.knownHosts(host.server.port()),
                        host.stack.project(),
                        host.stack.url());
    }

    private static WorkflowRun start(MockFolder folder, String name, String script) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static void ci(String job, String interval) {
        host.configure(environment -> {
            JenkinsCiDefinition ci = new JenkinsCiDefinition(job);
            ci.setInitialDelay("0");
            ci.setInterval(interval);
            ci.setTimeout("2h");
            environment.setCi(ci);
        });
    }

    private static String deployAndWatch(String sha) {
        return "deployPreprodFirst environment: 'preprod', sha: '" + sha + "'\n"
                + "watchCiAndRollback environment: 'preprod'";
    }

    /** Tests that run until they are told to end, and fail. */
    private static final class Tests extends TestBuilder {
        private final transient CountDownLatch end = new CountDownLatch(1);

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException {
            end.await();
            listener.getLogger().println("3 tests are red");
            return false;
        }
    }
}
