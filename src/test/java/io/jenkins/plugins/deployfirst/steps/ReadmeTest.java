package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Jenkinsfile of the README, as it stands there. */
@ExtendWith(RealHost.class)
@WithJenkins
class ReadmeTest {
    private static final Pattern JENKINSFILE = Pattern.compile("(?s)```groovy\\n(pipeline \\{\\n.*?\\n}\\n)```");

    @TempDir
    private static Path root;

    @Test
    void theJenkinsfileDeploysAndTakesBack(JenkinsRule jenkins) throws Exception {
        try (JenkinsHost host = JenkinsHost.start(root)) {
            host.addCredentials();
            host.configure();
            WorkflowJob job = new Pipelines(jenkins).job(jenkinsfile());
            // The first build of a job declares its parameters; until then nobody can give them.
            job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SHA", "")));
            String good = host.stack.release("good");
            host.gitHub.succeeded(good, "build");
            String bad = host.stack.release("bad");
            host.gitHub.failed(bad, "build");

            build(job, good, Result.SUCCESS);
            assertThat(host.stack.page()).isEqualTo("Welcome, good");
            assertThat(host.validated()).isEqualTo(good);

            build(job, bad, Result.FAILURE);
            assertThat(host.stack.page()).isEqualTo("Welcome, good");
            assertThat(host.events()).endsWith("rollback.started", "rollback.succeeded");
        }
    }

    private static void build(WorkflowJob job, String sha, Result result) throws Exception {
        log(
                result,
                job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("SHA", sha)))
                        .get());
    }

    private static String jenkinsfile() {
        Matcher block = JENKINSFILE.matcher(Tool.read(Path.of("README.md")));
        assertThat(block.find()).as("README.md shows a Jenkinsfile").isTrue();
        return block.group(1);
    }
}
