package io.jenkins.plugins.deployfirst.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.action.ValidatedShaAction;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.engine.testing.CuttableProxy;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins goes down and comes up again while the block, or what is around it, is under way. */
@ExtendWith(RealHost.class)
class LastValidatedShaRestartTest {
    @TempDir
    private static Path root;

    private static JenkinsHost host;

    @RegisterExtension
    private final JenkinsSessionExtension jenkins = new JenkinsSessionExtension();

    private String first;

    @BeforeAll
    static void start() {
        host = JenkinsHost.start(root);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void startAnew() {
        host.startAnew();
        first = host.stack.first();
        Tool.write(host.stack.stateFile(), first);
    }

    @Test
    void aRestartInsideTheBlockDoesNotMatter() throws Throwable {
        Path signal = root.resolve("go-on");
        jenkins.then(rule -> {
            host.addCredentials();
            host.configure();
            WorkflowRun build = start(rule, """
                    node {
                        withLastValidatedSha('preprod') {
                            echo 'inside'
                            waitUntil(initialRecurrencePeriod: 100, quiet: true) { fileExists '%s' }
                            echo "live ${env.LIVE_SHA}, validated ${env.LAST_VALIDATED_SHA}"
                        }
                    }
                    """.formatted(signal));
            rule.waitForMessage("inside", build);
        });
        Tool.write(signal, "");
        String next = deployByHand();
        jenkins.then(rule -> {
            WorkflowRun build = end(rule);

            assertThat(Pipelines.log(Result.SUCCESS, build)).contains("live " + first + ", validated " + first);
            ValidatedShaAction action = build.getAction(ValidatedShaAction.class);
            assertThat(action.getSha()).isEqualTo(next);
            assertThat(action.getLiveSha()).isEqualTo(next);
        });
    }

    @Test
    void aHostThatIsBeingAskedBeforeTheBlockIsAskedAgain() throws Throwable {
        try (CuttableProxy network = CuttableProxy.before(host.server.port())) {
            network.freeze();
            jenkins.then(rule -> {
                configure(network);
                start(rule, """
                        def value = withLastValidatedSha('preprod') {
                            echo "live ${env.LIVE_SHA}"
                            'the value'
                        }
                        echo "returned ${value}"
                        """);
                await().until(network::isInUse);
            });
            network.cut();
            network.admit();
            jenkins.then(rule -> {
                WorkflowRun build = end(rule);

                assertThat(Pipelines.log(Result.SUCCESS, build))
                        .containsOnlyOnce("live " + first)
                        .contains("returned the value");
                assertThat(build.getAction(ValidatedShaAction.class).getSha()).isEqualTo(first);
            });
        }
    }

    @Test
    void aHostThatIsBeingAskedAfterTheBlockIsAskedAgainAndTheBlockIsNotRunAgain() throws Throwable {
        Path signal = root.resolve("frozen");
        try (CuttableProxy network = CuttableProxy.before(host.server.port())) {
            jenkins.then(rule -> {
                configure(network);
                WorkflowRun build = start(rule, """
                        def value = withLastValidatedSha('preprod') {
                            echo 'inside'
                            node { waitUntil(initialRecurrencePeriod: 100, quiet: true) { fileExists '%s' } }
                            'the value'
                        }
                        echo "returned ${value}"
                        """.formatted(signal));
                rule.waitForMessage("inside", build);
                network.cut();
                network.freeze();
                Tool.write(signal, "");
                await().until(network::isInUse);
            });
            network.cut();
            network.admit();
            String next = deployByHand();
            jenkins.then(rule -> {
                WorkflowRun build = end(rule);

                assertThat(Pipelines.log(Result.SUCCESS, build))
                        .containsOnlyOnce("inside")
                        .contains("returned the value");
                assertThat(build.getAction(ValidatedShaAction.class).getSha()).isEqualTo(next);
            });
        }
    }

    private static void configure(CuttableProxy network) throws Exception {
        host.addCredentials();
        DeployFirstConfiguration.get().setEnvironments(List.of(host.definition(JenkinsHost.NAME, network.port())));
    }

    private static WorkflowRun start(JenkinsRule rule, String script) throws Exception {
        WorkflowJob job = rule.createProject(WorkflowJob.class, "app");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun end(JenkinsRule rule) {
        return Pipelines.end(
                rule.jenkins.getItemByFullName("app", WorkflowJob.class).getBuildByNumber(1));
    }

    private static String deployByHand() {
        String next = host.stack.release("release 2");
        host.host("git fetch -q && git reset -q --hard " + next);
        Tool.write(host.stack.stateFile(), next);
        return next;
    }
}
