package io.jenkins.plugins.deployfirst.watch;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.config.MigrateDefinition;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.Builders;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

@ExtendWith(RealHost.class)
class BackgroundWatchRestartTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private static Path root;

    private static JenkinsHost host;

    @RegisterExtension
    private final JenkinsSessionExtension jenkins = new JenkinsSessionExtension();

    @BeforeAll
    static void startHost() {
        host = JenkinsHost.start(root);
    }

    @AfterAll
    static void stopHost() {
        host.close();
    }

    @BeforeEach
    void startAnew() {
        host.server.start();
        host.startAnew();
    }

    @Test
    void aWatchOutlivesItsBuildItsJobsNameAndARestartAndEndsOnce() throws Throwable {
        String sha = host.stack.release("release 2");
        host.gitHub.pending(sha, "build");
        jenkins.then(rule -> {
            host.addCredentials();
            host.configure();
            FreeStyleBuild build = deploy(rule, sha);
            await().until(() -> host.gitHub.reads(sha) > 0);
            build.getProject().renameTo("renamed");
        });
        assertThat(host.stack.live()).isEqualTo(sha);
        int before = host.gitHub.reads(sha);
        jenkins.then(rule -> {
            FreeStyleBuild build = lastBuild(rule, "renamed");
            assertThat(build.getAction(WatchAction.class).isRunning()).isTrue();
            await().atMost(LONG).until(() -> host.gitHub.reads(sha) > before);
            host.gitHub.failed(sha, "build");
            awaitEnd(build);

            assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
            assertThat(outcomes(build)).containsExactly("DONE", "ROLLED_BACK");
            assertThat(host.events()).containsOnlyOnce("rollback.succeeded");
            assertThat(Tool.read(file())).doesNotContain("WatchState");
        });
    }

    @Test
    void aRollbackThatARestartCutsOffIsDoneByTheNextJenkins() throws Throwable {
        String sha = host.stack.release("release 2");
        host.gitHub.pending(sha, "build");
        jenkins.then(rule -> {
            host.addCredentials();
            host.configure(environment -> {
                MigrateDefinition migrate = new MigrateDefinition("worker", "true");
                migrate.setRollbackCommand("echo undoing the migration; sleep 4");
                environment.setMigrate(migrate);
            });
            FreeStyleBuild build = deploy(rule, sha);
            host.gitHub.failed(sha, "build");
            await().atMost(LONG)
                    .until(() -> log(build).lines().anyMatch(line -> line.endsWith("| undoing the migration")));
        });
        assertThat(host.events()).containsExactly("deploy.started", "deploy.succeeded");
        jenkins.then(rule -> {
            FreeStyleBuild build = lastBuild(rule, "shop");
            awaitEnd(build);

            assertThat(outcomes(build)).as(log(build)).containsExactly("DONE", "ROLLED_BACK");
            assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
            assertThat(host.events()).containsOnlyOnce("rollback.succeeded");
        });
    }

    @Test
    void aRollbackThatWaitsForItsHostGoesOnAfterARestart() throws Throwable {
        String sha = host.stack.release("release 2");
        host.gitHub.pending(sha, "build");
        jenkins.then(rule -> {
            host.addCredentials();
            host.configure();
            FreeStyleBuild build = deploy(rule, sha);
            host.server.close();
            host.gitHub.failed(sha, "build");
            await().atMost(LONG).until(() -> log(build).contains("is taken back as soon as the host answers."));
            await().atMost(LONG).until(() -> Tool.read(file()).contains("verdict"));
        });
        // What CI said stands, whatever it says later.
        host.gitHub.pending(sha, "build");
        jenkins.then(rule -> {
            FreeStyleBuild build = lastBuild(rule, "shop");
            assertThat(build.getAction(WatchAction.class).isRunning()).isTrue();
            host.server.start();
            awaitEnd(build);

            assertThat(outcomes(build)).as(log(build)).containsExactly("DONE", "ROLLED_BACK");
            assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
            assertThat(host.discord.messages())
                    .filteredOn(message -> message.contains("as soon as the host answers"))
                    .hasSize(1);
        });
    }

    @Test
    void aDamagedFileOfWatchesIsPutAsideAndJenkinsStarts() throws Throwable {
        Tool.write(file(), "<list><oops");

        jenkins.then(rule -> {
            assertThat(BackgroundWatches.get().running(watch -> true)).isEmpty();
            assertThat(Tool.read(file())).doesNotContain("oops");
            assertThat(Path.of(file() + ".damaged")).hasContent("<list><oops");
        });
    }

    private static FreeStyleBuild deploy(JenkinsRule rule, String sha) throws Exception {
        FreeStyleProject job = rule.createFreeStyleProject("shop");
        job.getBuildersList().add(Builders.deploy(NAME, sha));
        return rule.buildAndAssertSuccess(job);
    }

    private static FreeStyleBuild lastBuild(JenkinsRule rule, String job) {
        return rule.jenkins.getItemByFullName(job, FreeStyleProject.class).getLastBuild();
    }

    private static void awaitEnd(FreeStyleBuild build) {
        await().atMost(LONG).until(() -> !build.getAction(WatchAction.class).isRunning());
    }

    private static List<String> outcomes(FreeStyleBuild build) {
        return build.getAction(DeploymentAction.class).getRecords().stream()
                .map(DeploymentRecord::getOutcome)
                .toList();
    }

    private static String log(FreeStyleBuild build) {
        return Tool.read(WatchAction.logFile(build, "deploy-first-watch-1").toPath());
    }

    private Path file() {
        return jenkins.getHome().toPath().resolve(BackgroundWatches.class.getName() + ".xml");
    }
}
