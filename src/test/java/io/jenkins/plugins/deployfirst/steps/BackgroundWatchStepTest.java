package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.lines;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.LocalHostDefinition;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.watch.WatchAction;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches that a pipeline starts and that outlive it, on a real host; and commits that are given by an abbreviation. */
class BackgroundWatchStepTest extends OnJenkinsHost {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private String sha;

    @BeforeEach
    void aCommitWhoseCiIsPending() {
        sha = host.stack.release("release 2");
        host.gitHub.pending(sha, "build");
    }

    @Test
    void theBuildEndsAtOnceAndTheHostGoesBackWhenCiFailsLater() throws Exception {
        WorkflowRun build = pipelines.run("""
                deployPreprodFirst environment: 'preprod', sha: '%s'
                def watch = watchCiAndRollback environment: 'preprod', background: true
                echo "told: ${watch.environment}, ${watch.sha}, ${watch.background}, ${watch.url}"
                """.formatted(sha));

        String url = jenkins.getURL() + build.getUrl() + "deploy-first-watch-1/";
        assertThat(log(Result.SUCCESS, build)).contains("told: preprod, " + sha + ", true, " + url);
        assertThat(host.stack.page()).isEqualTo("Welcome, release 2");
        assertThat(watch(build).isRunning()).isTrue();

        host.gitHub.failed(sha, "build");
        awaitEnd(build);

        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(records(build)).extracting(DeploymentRecord::getOutcome).containsExactly("DONE", "ROLLED_BACK");
        assertThat(build.getResult()).isEqualTo(Result.SUCCESS);
        assertThat(jenkins.createWebClient().getPage(build).asNormalizedText())
                .contains("preprod: CI failed for " + sha.substring(0, 7) + ", taken back to ")
                .contains("was watched in the background");
        assertThat(jenkins.createWebClient()
                        .goTo(build.getUrl() + "deploy-first-watch-1")
                        .asNormalizedText())
                .contains("Watching the checks of " + sha.substring(0, 7))
                .contains("✓ restart");
    }

    @Test
    void aWatchThatWasStartedInsideNodeSettlesFromThatAgentAndKnowsAnInlineEnvironment() throws Exception {
        jenkins.createOnlineSlave(Label.get("near"));
        WorkflowRun build = pipelines.run("""
                def preprod = [name: 'preprod',
                               host: ssh(address: '%s@127.0.0.1:%d', credentialsId: 'preprod-ssh', knownHosts: '''%s'''),
                               directory: '%s',
                               ci: github(repository: 'owner/shop', apiUrl: '%s', initialDelay: '0', interval: '200ms')]
                node('near') {
                    deployPreprodFirst environment: 'preprod', sha: '%s'
                    watchCiAndRollback definition: preprod, sha: '%s', background: true
                }
                """.formatted(
                        System.getProperty("user.name"),
                        host.server.port(),
                        host.server.knownHosts(host.server.port()),
                        host.stack.checkout(),
                        host.gitHub.url(),
                        sha,
                        sha.substring(0, 8)));
        log(Result.SUCCESS, build);
        host.configure(environment -> environment.setJobs(List.of("no-job")));

        host.gitHub.succeeded(sha, "build");
        awaitEnd(build);

        assertThat(records(build)).extracting(DeploymentRecord::getVerdict).containsExactly("", "SUCCESS");
        assertThat(host.events()).contains("validated");
    }

    /** There is no such Docker: that it is looked for is enough. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theDockerOfAStepAroundItCountsWhereTheHostIsTheAgent(boolean background) throws Exception {
        String name = "local-" + host.stack.project();
        EnvironmentDefinition local = new EnvironmentDefinition(
                name, new LocalHostDefinition(), host.stack.checkout().toString());
        local.setCi(host.ci(host.gitHub.url()));
        local.setStateFile(host.stack.stateFile().toString());
        DeployFirstConfiguration.get().setEnvironments(List.of(local));
        host.gitHub.failed(sha, "build");
        try {
            WorkflowRun build = pipelines.run("""
                    node {
                        withEnv(['DOCKER_HOST=unix:///nowhere/docker.sock']) {
                            watchCiAndRollback environment: '%s', sha: '%s', background: %b
                        }
                    }
                    """.formatted(name, sha, background));
            if (background) {
                awaitEnd(build);
            }

            assertThat(records(build)).extracting(DeploymentRecord::getOutcome).containsExactly("PERSON_NEEDED");
            assertThat(records(build).get(0).getError()).contains("unix:///nowhere/docker.sock");
        } finally {
            Tool.run(root, "sh", "-c", "rm -rf -- ~/.deploy-first/" + name);
        }
    }

    @Test
    void aWaitingStepTakesAnAbbreviationToo() throws Exception {
        log(Result.SUCCESS, pipelines.run("deployPreprodFirst environment: 'preprod', sha: '" + sha + "'"));
        host.gitHub.succeeded(sha, "build");

        WorkflowRun build = pipelines.run("watchCiAndRollback environment: 'preprod', sha: '"
                + sha.substring(0, 7).toUpperCase() + "'");

        assertThat(log(Result.SUCCESS, build)).contains(sha.substring(0, 7) + " is " + sha + ".");
        assertThat(host.validated()).isEqualTo(sha);
    }

    @Test
    void whatCannotBeWatchedIsRefusedAtOnceInOneLine() throws Exception {
        assertThat(refusal("environment: 'preprod', sha: '0000000', background: true"))
                .contains("sha: no commit in ", " begins with 0000000");
        assertThat(refusal("environment: 'preprod', sha: 'main', background: true"))
                .contains("sha: \"main\" is not a commit SHA.");
        assertThat(refusal("environment: 'elsewhere', sha: '" + sha + "', background: true"))
                .contains("there is no environment \"elsewhere\"");
        host.configure(environment -> environment.setCi(null));
        assertThat(refusal("environment: 'preprod', sha: '" + sha + "', background: true"))
                .contains("ci: environment preprod names no CI server to watch.");
    }

    private String refusal(String parameters) throws Exception {
        WorkflowRun build = pipelines.run("watchCiAndRollback " + parameters);
        List<String> errors = lines(log(Result.FAILURE, build), "ERROR: ");
        assertThat(errors).hasSize(1);
        assertThat(build.getAction(WatchAction.class)).isNull();
        return errors.get(0);
    }

    private static WatchAction watch(WorkflowRun build) {
        return build.getAction(WatchAction.class);
    }

    private static void awaitEnd(WorkflowRun build) {
        await().atMost(MINUTE).until(() -> !watch(build).isRunning());
    }

    private static List<DeploymentRecord> records(WorkflowRun build) {
        return build.getAction(DeploymentAction.class).getRecords();
    }
}
