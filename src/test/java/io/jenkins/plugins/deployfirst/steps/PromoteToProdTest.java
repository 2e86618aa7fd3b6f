package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.testing.Production;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From preprod to production, on a real Jenkins and a real host. */
@ExtendWith(RealHost.class)
@WithJenkins
class PromoteToProdTest {
    @TempDir
    private static Path root;

    @TempDir
    private static Path prodRoot;

    @Test
    void aReleaseGoesToProductionWhenItIsValidatedAndSomebodyTypedDeploy(JenkinsRule jenkins) throws Exception {
        try (JenkinsHost host = JenkinsHost.start(root);
                Production prod = Production.start(prodRoot, host)) {
            host.addCredentials();
            configure(host, prod);
            Pipelines pipelines = new Pipelines(jenkins);
            String before = prod.first();
            String sha = host.stack.release("good");
            host.gitHub.succeeded(sha, "build");
            log(Result.SUCCESS, pipelines.run("deployPreprodFirst environment: 'preprod', sha: '" + sha + "'"));

            WorkflowRun early = pipelines.run("promoteToProd from: 'preprod', to: 'prod', confirm: 'DEPLOY'");
            assertThat(log(Result.FAILURE, early)).contains("No release was ever validated on preprod.");
            log(Result.SUCCESS, pipelines.run("watchCiAndRollback environment: 'preprod', sha: '" + sha + "'"));
            WorkflowRun untyped = pipelines.run("promoteToProd from: 'preprod', to: 'prod', confirm: 'yes'");
            assertThat(log(Result.FAILURE, untyped)).contains("confirm: \"yes\" is not DEPLOY.");
            assertThat(prod.stack.live()).isEqualTo(before);

            WorkflowRun build = pipelines.run("""
                    def done = promoteToProd from: 'preprod', to: 'prod', confirm: 'DEPLOY'
                    echo "${done.from} to ${done.to}: ${done.sha} over ${done.previousSha}, saved in ${done.backup}"
                    """);
            assertThat(log(Result.SUCCESS, build))
                    .contains("Validated on preprod: " + sha + " Say good")
                    .contains("Live on prod: " + before + " Add production")
                    .contains("preprod to prod: " + sha + " over " + before + ", saved in /backups/7.dump");
            assertThat(prod.stack.page()).isEqualTo("Welcome, good");
            assertThat(Tool.read(prod.stack.stateFile())).isEqualTo(sha);
            assertThat(build.getAction(DeploymentAction.class).getRecords())
                    .singleElement()
                    .returns("prod", DeploymentRecord::getEnvironment)
                    .returns(sha, DeploymentRecord::getLiveSha)
                    .returns(sha, DeploymentRecord::getValidatedSha)
                    .returns("DONE", DeploymentRecord::getOutcome);

            WorkflowRun nowhere = pipelines.run("promoteToProd from: 'preprod', to: '', confirm: 'DEPLOY'");
            assertThat(log(Result.FAILURE, nowhere)).contains("to: is missing. Give the name of an environment.");
        }
    }

    private static void configure(JenkinsHost host, Production prod) {
        EnvironmentDefinition target = prod.definition();
        target.setBackup("echo /backups/7.dump");
        DeployFirstConfiguration.get().setEnvironments(List.of(host.definition(JenkinsHost.NAME), target));
    }
}
