package io.jenkins.plugins.deployfirst.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.action.ValidatedShaAction;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@ExtendWith(RealHost.class)
class LastValidatedShaRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension jenkins = new JenkinsSessionExtension();

    @Test
    void aRestartInsideTheBlockDoesNotMatter(@TempDir Path root) throws Throwable {
        try (JenkinsHost host = JenkinsHost.start(root)) {
            String first = host.stack.first();
            Path signal = root.resolve("go-on");
            Tool.write(host.stack.stateFile(), first);
            jenkins.then(rule -> {
                host.addCredentials();
                host.configure();
                WorkflowJob job = rule.createProject(WorkflowJob.class, "app");
                job.setDefinition(new CpsFlowDefinition("""
                        node {
                            withLastValidatedSha('preprod') {
                                echo 'inside'
                                waitUntil(initialRecurrencePeriod: 100, quiet: true) { fileExists '%s' }
                                echo "live ${env.LIVE_SHA}, validated ${env.LAST_VALIDATED_SHA}"
                            }
                        }
                        """.formatted(signal), true));
                rule.waitForMessage("inside", job.scheduleBuild2(0).waitForStart());
            });
            Tool.write(signal, "");
            String next = host.stack.release("release 2");
            host.host("git fetch -q && git reset -q --hard " + next);
            Tool.write(host.stack.stateFile(), next);
            jenkins.then(rule -> {
                WorkflowRun build =
                        rule.jenkins.getItemByFullName("app", WorkflowJob.class).getBuildByNumber(1);
                rule.waitForCompletion(build);

                assertThat(Pipelines.log(Result.SUCCESS, build)).contains("live " + first + ", validated " + first);
                ValidatedShaAction action = build.getAction(ValidatedShaAction.class);
                assertThat(action.getSha()).isEqualTo(next);
                assertThat(action.getLiveSha()).isEqualTo(next);
            });
        }
    }
}
