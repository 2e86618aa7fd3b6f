package io.jenkins.plugins.deployfirst.watch;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.MIGRATING;
import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.engine.testing.CuttableProxy;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The network between Jenkins and its CI server, or its host, breaks while a watch is under way: the host goes back all the
 * same.
 */
@ExtendWith(RealHost.class)
@WithJenkins
class CutNetworkTest {
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private static Path root;

    private static JenkinsRule jenkins;
    private static JenkinsHost host;

    private CuttableProxy toCi;
    private CuttableProxy toHost;
    private String sha;
    private WorkflowRun build;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        host = JenkinsHost.start(root);
        host.addCredentials();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void startAnew() {
        host.startAnew();
        toCi = CuttableProxy.before(URI.create(host.gitHub.url()).getPort());
        toHost = CuttableProxy.before(host.server.port());
        sha = host.stack.release("release 2");
        host.gitHub.pending(sha, "build");
    }

    @AfterEach
    void closeNetwork() throws IOException {
        toHost.close();
        toCi.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCiServerCannotBeReachedForAWhile(boolean background) throws Exception {
        start(environment(), background);
        await().atMost(LONG).until(() -> log(background).contains("CI: 0 of 1 checks done"));

        toCi.refuse();
        await().atMost(LONG).until(() -> log(background).contains("cannot be reached"));
        host.gitHub.failed(sha, "build");
        toCi.admit();

        assertTakenBack(background);
    }

    @Test
    void theCiServerFallsSilentWhenTheWebhookComes() throws Exception {
        EnvironmentDefinition environment = environment();
        environment.getCi().setInterval("1h");
        environment.getCi().setTimeout("2h");
        start(environment, true);
        await().atMost(LONG).until(() -> log(true).contains("CI: 0 of 1 checks done"));
        toCi.freeze();
        host.gitHub.failed(sha, "build");
        host.sendFailure(jenkins.getURL(), sha);
        // What the event asked for gets no answer; it is asked again soon, and not when the next read is due.
        await().atMost(LONG).until(() -> log(true).contains("cannot be reached"));

        toCi.admit();

        assertTakenBack(true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHostCannotBeReachedWhenCiFails(boolean background) throws Exception {
        start(environment(), background);
        await().atMost(LONG).until(() -> log(background).contains("CI: 0 of 1 checks done"));

        toHost.refuse();
        host.gitHub.failed(sha, "build");
        await().atMost(LONG).until(() -> log(background).contains("Trying again in"));
        assertThat(host.stack.page()).isEqualTo("Welcome, release 2");
        toHost.admit();

        assertTakenBack(background);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theConnectionBreaksInTheMiddleOfTheRollback(boolean background) throws Exception {
        EnvironmentDefinition environment = environment();
        JenkinsHost.rollBackSlowly(environment);
        start(environment, background);
        host.gitHub.failed(sha, "build");
        await().atMost(LONG).until(() -> log(background).contains(MIGRATING));

        toHost.cut();
        await().atMost(LONG).until(() -> log(background).contains("The lock is held by "));
        host.endMigration();

        assertTakenBack(background);
    }

    private EnvironmentDefinition environment() {
        EnvironmentDefinition environment = host.definition(NAME, toHost.port());
        environment.setCi(host.ci("http://127.0.0.1:" + toCi.port()));
        environment.getCi().setTimeout("5m");
        return environment;
    }

    private void start(EnvironmentDefinition environment, boolean background) throws Exception {
        DeployFirstConfiguration.get().setEnvironments(List.of(environment));
        build = new Pipelines(jenkins).start("""
                deployPreprodFirst environment: 'preprod', sha: '%s'
                watchCiAndRollback environment: 'preprod', background: %b
                """.formatted(sha, background));
    }

    private void assertTakenBack(boolean background) throws Exception {
        Pipelines.end(build);
        await().atMost(LONG)
                .until(() -> !background || !build.getAction(WatchAction.class).isRunning());
        assertThat(build.getAction(DeploymentAction.class).getRecords())
                .as(log(background))
                .extracting(DeploymentRecord::getOutcome)
                .containsExactly("DONE", "ROLLED_BACK");
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(host.events()).containsOnlyOnce("rollback.succeeded");
        assertThat(host.stack.isFree()).isTrue();
    }

    private String log(boolean background) {
        return Tool.read(build.getRootDir().toPath().resolve(background ? "deploy-first-watch-1.log" : "log"));
    }
}
