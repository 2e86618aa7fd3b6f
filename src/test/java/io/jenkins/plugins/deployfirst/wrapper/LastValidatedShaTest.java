package io.jenkins.plugins.deployfirst.wrapper;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.tasks.Builder;
import hudson.tasks.Shell;
import io.jenkins.plugins.deployfirst.action.ValidatedShaAction;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.Builders;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.UnstableBuilder;

/** What {@code withLastValidatedSha} and the Freestyle wrapper tell of a real host, and keep with the build. */
class LastValidatedShaTest extends OnJenkinsHost {
    /** Live, and newer than the validated release. */
    private String live;

    private String validated;

    @BeforeAll
    static void addAgent() throws Exception {
        jenkins.createOnlineSlave(Label.get("remote"));
    }

    @BeforeEach
    void theFirstReleaseIsValidatedAndTheSecondLive() {
        validated = host.stack.first();
        live = host.stack.release("release 2");
        host.host("git fetch -q && git reset -q --hard " + live);
        Tool.write(host.stack.stateFile(), validated + "\n");
    }

    @Test
    void aScriptedPipelineSeesBothReleasesAndTheBuildKeepsThem() throws Exception {
        Run<?, ?> build = pipelines.run("""
                withLastValidatedSha(environment: 'preprod') {
                    echo "live ${env.LIVE_SHA}, validated ${env.LAST_VALIDATED_SHA}"
                }
                echo "after it ${env.LIVE_SHA}"
                """);

        assertThat(log(Result.SUCCESS, build)).contains("live " + live + ", validated " + validated, "after it null");
        assertKept(build, validated);
        assertThat(Tool.read(build.getRootDir().toPath().resolve("build.xml")))
                .contains("<sha>" + validated + "</sha>", "<liveSha>" + live + "</liveSha>");
        assertThat(jenkins.getJSON(build.getUrl() + "api/json").getContentAsString())
                .contains("\"environment\":\"preprod\",\"liveSha\":\"" + live + "\",\"sha\":\"" + validated + "\"");
        assertThat(text(build.getUrl())).contains("Last validated on preprod: " + validated);
        assertThat(text(build.getParent().getUrl()))
                .containsSubsequence("preprod", live.substring(0, 7), "not validated", validated.substring(0, 7));
    }

    @Test
    void aDeclarativePipelineOnAnAgentSeesThemInItsShell() throws Exception {
        Run<?, ?> build = pipelines.declarative("{ label 'remote' }", """
                withLastValidatedSha('preprod') {
                    sh 'echo live $LIVE_SHA, validated $LAST_VALIDATED_SHA'
                }
                """);

        assertThat(log(Result.SUCCESS, build)).contains("live " + live + ", validated " + validated);
        assertKept(build, validated);
    }

    @Test
    void aBodyThatFailsKeepsNothing() throws Exception {
        Run<?, ?> build = pipelines.run("withLastValidatedSha('preprod') { error 'the tests failed' }");

        assertThat(log(Result.FAILURE, build)).contains("the tests failed");
        assertThat(build.getAction(ValidatedShaAction.class)).isNull();
    }

    @Test
    void whatTheBodyReturnsIsReturned() throws Exception {
        Run<?, ?> build = pipelines.run("echo 'got ' + withLastValidatedSha('preprod') { 6 * 7 }");

        assertThat(log(Result.SUCCESS, build)).contains("got 42");
    }

    @Test
    void whereNothingWasValidatedYetThatIsWhatIsKept() throws Exception {
        Tool.run(root, "rm", host.stack.stateFile().toString());

        Run<?, ?> build = pipelines.run(
                "withLastValidatedSha('preprod') { echo \"validated ${env.LAST_VALIDATED_SHA ?: 'none'}\" }");

        assertThat(log(Result.SUCCESS, build)).contains("validated none");
        assertKept(build, "");
        assertThat(text(build.getUrl())).contains("Last validated on preprod: none yet");
    }

    @Test
    void anEnvironmentThatDoesNotExistIsNamedAndTheBodyIsNotRun() throws Exception {
        Run<?, ?> build = pipelines.run("withLastValidatedSha('prepord') { echo 'in the body' }");

        assertThat(log(Result.FAILURE, build))
                .contains("ERROR: environment: there is no environment \"prepord\". ", "preprod")
                .doesNotContain("in the body\n");
    }

    @Test
    void aFreestyleBuildSeesBothReleasesAndKeepsWhatIsValidatedInTheEnd() throws Exception {
        FreeStyleProject job = freestyle("$TARGET");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("TARGET", NAME)));
        job.getBuildersList().add(new Shell("echo live $LIVE_SHA, validated $LAST_VALIDATED_SHA"));
        job.getBuildersList().add(does(() -> Tool.write(host.stack.stateFile(), live)));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("live " + live + ", validated " + validated, build);
        assertKept(build, live);
        job.getBuildersList().clear();
        job.save();
        job.doReload();
        assertKept(job.getLastBuild(), live);
    }

    @Test
    void aFreestyleBuildOnAnAgentKeepsIt() throws Exception {
        FreeStyleProject job = freestyle(NAME);
        job.setAssignedLabel(Label.get("remote"));

        assertKept(jenkins.buildAndAssertSuccess(job), validated);
    }

    @Test
    void aFreestyleBuildThatDoesNotSucceedKeepsNothing() throws Exception {
        Builder throwing = Builders.deploy(NAME, "main");
        for (Builder builder : List.of(new Shell("exit 1"), new UnstableBuilder(), throwing)) {
            FreeStyleProject job = freestyle(NAME);
            job.getBuildersList().add(builder);

            FreeStyleBuild build = job.scheduleBuild2(0).get();

            assertThat(build.getResult()).isNotEqualTo(Result.SUCCESS);
            assertThat(build.getAction(ValidatedShaAction.class))
                    .as(builder.getClass().getSimpleName())
                    .isNull();
        }
    }

    @Test
    void aHostThatCannotBeAskedInTheEndCostsTheActionAndNotTheBuild() throws Exception {
        FreeStyleProject job = freestyle(NAME);
        job.getBuildersList().add(does(() -> DeployFirstConfiguration.get().setEnvironments(List.of())));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("there is no environment \"preprod\".", build);
        jenkins.assertLogContains("Nothing is stored with the build.", build);
        assertThat(build.getAction(ValidatedShaAction.class)).isNull();
    }

    @Test
    void inAPipelineTheFreestyleWrapperPointsToTheStep() throws Exception {
        Run<?, ?> build = pipelines.run("""
                node('remote') {
                    wrap([$class: 'LastValidatedShaWrapper', environment: 'preprod']) {
                        echo "validated ${env.LAST_VALIDATED_SHA}"
                    }
                }
                """);

        assertThat(log(Result.SUCCESS, build))
                .contains("validated " + validated, "Use withLastValidatedSha(environment: 'preprod') { } instead.");
        assertThat(build.getAction(ValidatedShaAction.class)).isNull();
    }

    @Test
    void whatTheFormShowsIsWhatItSaves() throws Exception {
        FreeStyleProject job = freestyle("${TARGET}");

        jenkins.configRoundtrip(job);

        assertThat(job.getBuildWrappersList().get(LastValidatedShaWrapper.class).getEnvironment())
                .isEqualTo("${TARGET}");
    }

    private static FreeStyleProject freestyle(String environment) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildWrappersList().add(new LastValidatedShaWrapper(environment));
        return job;
    }

    private static Builder does(Runnable work) {
        return new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) {
                work.run();
                return true;
            }
        };
    }

    private void assertKept(Run<?, ?> build, String sha) {
        assertThat(build.getActions(ValidatedShaAction.class)).singleElement().satisfies(action -> {
            assertThat(action.getEnvironment()).isEqualTo(NAME);
            assertThat(action.getSha()).isEqualTo(sha);
            assertThat(action.getLiveSha()).isEqualTo(live);
        });
    }

    private static String log(Result result, Run<?, ?> build) throws Exception {
        return Pipelines.log(result, (WorkflowRun) build);
    }

    private static String text(String url) throws Exception {
        try (WebClient browser = jenkins.createWebClient()) {
            return browser.goTo(url).asNormalizedText();
        }
    }
}
