package io.jenkins.plugins.deployfirst.steps;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.lines;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** The steps in sandboxed pipelines, on a real host. */
class StepsTest extends OnJenkinsHost {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void scriptedPipelinesGetMapsOfWhatWasDone() throws Exception {
        String sha = host.stack.release("a good release");
        host.gitHub.succeeded(sha, "build");

        WorkflowRun build = pipelines.run("""
                def release = deployPreprodFirst environment: 'preprod', sha: '%s'
                echo "deployed ${release.sha} over ${release.previousSha}, healthy ${release.healthy}"
                echo "phases ${release.phases.collect { it.name }.join(' ')} in ${release.durationMillis + 1} ms"
                def ci = watchCiAndRollback environment: 'preprod'
                echo "watched ${ci.sha}: ${ci.verdict}, ${ci.checks[0].name} ${ci.checks[0].conclusion}"
                def now = environmentStatus environment: 'preprod'
                echo "live ${now.live} (${now.liveSubject}), validated ${now.lastValidated}, ${now.health}"
                echo "journal ${now.journal.collect { it.event }.join(' ')}, held by '${now.lockHolder}'"
                """.formatted(sha));

        assertThat(log(Result.SUCCESS, build))
                .contains("deployed " + sha + " over " + host.stack.first() + ", healthy true")
                .containsPattern("phases connect lock fetch .*restart gate journal in \\d+ ms")
                .contains("watched " + sha + ": SUCCESS, build success")
                .contains("live " + sha + " (Say a good release), validated " + sha + ", healthy")
                .contains("journal deploy.started deploy.succeeded validated, held by ''");
        assertThat(host.stack.page()).isEqualTo("Welcome, a good release");
        assertThat(host.validated()).isEqualTo(sha);
        assertThat(host.journal().get(0).get("by"))
                .isEqualTo("Jenkins, " + build.getParent().getFullName() + " #1");
        assertThat(host.journal().get(0).get("build")).isEqualTo(jenkins.getURL() + build.getUrl());
    }

    @Test
    void declarativePipelinesUseTheSameSteps() throws Exception {
        String sha = host.stack.release("declared");
        host.gitHub.succeeded(sha, "build");

        WorkflowRun build = pipelines.declarative("none", """
                deployPreprodFirst environment: 'preprod', sha: '%s'
                watchCiAndRollback environment: 'preprod'
                healthGate environment: 'preprod'
                composeDeploy environment: 'preprod'
                rollbackEnvironment environment: 'preprod', to: '%s'
                script {
                    def now = environmentStatus environment: 'preprod'
                    echo "live ${now.live}, validated ${now.lastValidated}"
                }
                """.formatted(sha, host.stack.first()));

        assertThat(log(Result.SUCCESS, build))
                .contains("live " + host.stack.first() + ", validated " + host.stack.first());
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(host.events())
                .containsSubsequence(
                        "deploy.succeeded", "validated", "deploy.succeeded", "rollback.started", "rollback.succeeded");
    }

    @Test
    void composeDeployBringsUpWhatIsLiveAndMissing() throws Exception {
        host.host("docker rm -f " + host.stack.container("web"));

        WorkflowRun build = pipelines.run("""
                def release = composeDeploy environment: 'preprod'
                echo "brought up ${release.sha}, healthy ${release.healthy}, rolled back ${release.rolledBack}"
                def web = release.images.web
                echo "web ran '${web.before}', runs ${web.after == release.images.worker.before} ${web.image}"
                """);

        assertThat(log(Result.SUCCESS, build))
                .contains("brought up " + host.stack.first() + ", healthy true, rolled back false")
                .contains("web ran '', runs true " + Stack.IMAGE);
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void rollbackGoesToTheLastValidatedRelease() throws Exception {
        String good = host.stack.release("validated");
        host.gitHub.succeeded(good, "build");
        String next = host.stack.release("not validated");

        WorkflowRun build = pipelines.run("""
                deployPreprodFirst environment: 'preprod', sha: '%1$s'
                watchCiAndRollback environment: 'preprod'
                deployPreprodFirst environment: 'preprod', sha: '%2$s'
                def back = rollbackEnvironment environment: 'preprod'
                echo "back on ${back.sha} from ${back.previousSha}"
                rollbackEnvironment environment: 'preprod'
                """.formatted(good, next));

        String log = log(Result.FAILURE, build);
        assertThat(log).contains("back on " + good + " from " + next);
        assertThat(lines(log, "ERROR: "))
                .singleElement()
                .asString()
                .startsWith("ERROR: preprod already runs " + good + ", the release to go back to.");
        assertThat(host.stack.page()).isEqualTo("Welcome, validated");
    }

    @Test
    void theGateTellsEachAttempt() throws Exception {
        String url = host.stack.url();

        WorkflowRun build = pipelines.run("""
                def ours = healthGate environment: 'preprod'
                echo "ours ${ours.environment}: ${ours.healthy} after ${ours.attempts.size()}"
                def any = healthGate url: '%1$s', contains: 'Welcome', status: '2xx'
                echo "any ${any.url}: ${any.healthy}, status ${any.attempts[-1].status}"
                def sick = healthGate url: '%1$snothing', failBuild: false, attempts: 2, interval: '10ms', startPeriod: '0'
                echo "sick: ${sick.healthy} after ${sick.attempts.size()}, status ${sick.attempts[0].status}"
                healthGate url: '%1$snothing', attempts: 1, startPeriod: '0'
                """.formatted(url));

        String log = log(Result.FAILURE, build);
        assertThat(log)
                .contains("ours preprod: true after 1")
                .contains("any " + url + ": true, status 200")
                .contains("sick: false after 2, status 404");
        assertThat(lines(log, "ERROR: "))
                .singleElement()
                .asString()
                .contains(url + "nothing is not healthy: ")
                .contains("404");
        assertThat(build.getAction(DeploymentAction.class).getRecords())
                .extracting(DeploymentRecord::getTarget, DeploymentRecord::getOutcome)
                .containsExactly(
                        tuple("preprod", "DONE"),
                        tuple(url, "DONE"),
                        tuple(url + "nothing", "FAILED_UNCHANGED"),
                        tuple(url + "nothing", "FAILED_UNCHANGED"));
    }

    @Test
    void mistakesAreToldInOneLineWithTheRemedy() throws Exception {
        String sha = host.stack.release("mistaken");
        Map<String, String> mistakes = Map.of(
                "deployPreprodFirst environment: 'preprot', sha: '" + sha + "'",
                "ERROR: environment: there is no environment \"preprot\". Did you mean \"preprod\"?",
                "deployPreprodFirst environment: 'preprod'",
                "ERROR: sha: is missing, and GIT_COMMIT is not set here. Give the commit",
                "deployPreprodFirst sha: '" + sha + "'",
                "ERROR: environment: is missing. Give the name of an environment",
                "deployPreprodFirst environment: 'preprod', sha: 'main'",
                "ERROR: preprod: sha: ",
                "watchCiAndRollback environment: 'preprod', sha: 'abcdef1'",
                "ERROR: preprod: sha: no commit in ",
                "healthGate environment: 'preprod', url: 'http://localhost/'",
                "ERROR: url: and an environment are both given. Give one of them.",
                "healthGate environment: 'preprod', contains: 'x'",
                "ERROR: contains: needs a url.",
                "healthGate url: 'localhost'",
                "ERROR: url: ",
                "healthGate environment: 'preprod', attempts: 7",
                "ERROR: attempts, interval, timeout and startPeriod: need a url.");

        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            String log = log(Result.FAILURE, pipelines.run(mistake.getKey()));
            assertThat(lines(log, "ERROR: "))
                    .as(mistake.getKey())
                    .singleElement()
                    .asString()
                    .startsWith(mistake.getValue());
            assertThat(log).as(mistake.getKey()).doesNotContain("\tat ");
        }
        assertThat(host.journal()).isEmpty();
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
    }

    @Test
    void aJobThatTheEnvironmentLeavesOutIsRefused() throws Exception {
        String sha = host.stack.release("of another team");
        host.configure(environment -> environment.setJobs(List.of("team-a/**")));

        for (String step : List.of("deployPreprodFirst", "watchCiAndRollback", "composeDeploy")) {
            String log = log(Result.FAILURE, pipelines.run(step + " environment: 'preprod', sha: '" + sha + "'"));
            assertThat(lines(log, "ERROR: "))
                    .singleElement()
                    .asString()
                    .endsWith(
                            " may not use \"preprod\", which is restricted to certain jobs. Ask an administrator to add"
                                    + " the job in Manage Jenkins » System » Deploy First » Jobs.");
        }
        assertThat(host.journal()).isEmpty();
    }

    @Test
    void anEnvironmentMayBeDefinedInThePipeline() throws Exception {
        String sha = host.stack.release("inline");

        WorkflowRun build = pipelines.run("""
                def here = [
                    name: 'inline',
                    host: ssh(address: '%s@127.0.0.1:%d', credentialsId: 'preprod-ssh', knownHosts: '%s'),
                    directory: '%s',
                    compose: [files: ['docker-compose.yml'], project: '%s'],
                    health: [url: '%s', contains: 'Welcome', startPeriod: '2s'],
                    stateFile: '%s']
                def release = deployPreprodFirst definition: here, sha: '%s'
                echo "deployed ${release.sha} to ${release.environment}"
                """.formatted(
                        System.getProperty("user.name"),
                        host.server.port(),
                        host.server.knownHosts(host.server.port()),
                        host.stack.checkout(),
                        host.stack.project(),
                        host.stack.url(),
                        host.stack.stateFile(),
                        sha));

        assertThat(log(Result.SUCCESS, build)).contains("deployed " + sha + " to inline");
        assertThat(host.stack.page()).isEqualTo("Welcome, inline");
    }

    @Test
    void theCommitIsByDefaultTheOneThatWasCheckedOut() throws Exception {
        String sha = host.stack.release("checked out");
        host.gitHub.succeeded(sha, "build");

        WorkflowRun build = pipelines.declarative(
                "none", "withEnv(['GIT_COMMIT=" + sha + "']) { deployPreprodFirst environment: 'preprod' }");

        log(Result.SUCCESS, build);
        assertThat(host.stack.live()).isEqualTo(sha);
    }

    @Test
    void aWatchIsByDefaultOfWhatTheBuildDeployedNotOfWhatItCheckedOut() throws Exception {
        String sha = host.stack.release("deployed");
        host.gitHub.succeeded(sha, "build");

        WorkflowRun build = pipelines.run("""
                withEnv(['GIT_COMMIT=%s']) {
                    deployPreprodFirst environment: 'preprod', sha: '%s'
                    echo "watched ${watchCiAndRollback(environment: 'preprod').sha}"
                }
                """.formatted(host.stack.first(), sha.substring(0, 10)));

        assertThat(log(Result.SUCCESS, build)).contains("watched " + sha);
    }

    @Test
    void whenCiFailsTheHostGoesBackAndTheBuildFailsWithTheCheck() throws Exception {
        String sha = host.stack.release("a bad release");
        host.gitHub.pending(sha, "unit tests");
        WorkflowRun build = pipelines.start("""
                deployPreprodFirst environment: 'preprod', sha: '%s'
                watchCiAndRollback environment: 'preprod'
                """.formatted(sha));
        Pipelines.await("CI: 0 of 1 checks done, pending: unit tests", build);
        assertThat(host.stack.page()).isEqualTo("Welcome, a bad release");
        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();

        host.gitHub.failed(sha, "unit tests");

        String log = log(Result.FAILURE, Pipelines.end(build));
        assertThat(log).contains("CI: unit tests: failure " + host.gitHub.page("unit tests"));
        assertThat(lines(log, "ERROR: "))
                .containsExactly("ERROR: preprod: " + sha.substring(0, 7) + " was taken back to "
                        + host.stack.first().substring(0, 7) + ": CI failed: unit tests (failure).");
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        assertThat(host.events()).endsWith("rollback.started", "rollback.succeeded");
        await().atMost(MINUTE)
                .untilAsserted(() -> assertThat(host.discord.messages())
                        .hasSize(3)
                        .satisfiesExactlyInAnyOrder(
                                message -> assertThat(message).contains("Deploying " + sha.substring(0, 7)),
                                message -> assertThat(message).contains(" is live on preprod"),
                                message -> assertThat(message)
                                        .contains("preprod was taken back from " + sha.substring(0, 7))
                                        .contains(host.gitHub.page("unit tests"))
                                        .contains(jenkins.getURL() + build.getUrl())));
    }

    @Test
    void aFailureCanBeReturnedInsteadAndTheReleaseIsRefusedFromThenOn() throws Exception {
        String sha = host.stack.release("rejected");
        host.gitHub.failed(sha, "build");

        WorkflowRun build = pipelines.run("""
                deployPreprodFirst environment: 'preprod', sha: '%1$s'
                def ci = watchCiAndRollback environment: 'preprod', failBuild: false
                echo "${ci.verdict}: back on ${ci.rolledBackTo}"
                deployPreprodFirst environment: 'preprod', sha: '%1$s', redeployRejected: true
                rollbackEnvironment environment: 'preprod', to: '%2$s'
                deployPreprodFirst environment: 'preprod', sha: '%1$s'
                """.formatted(sha, host.stack.first()));

        String log = log(Result.FAILURE, build);
        assertThat(log).contains("FAILURE: back on " + host.stack.first());
        assertThat(lines(log, "ERROR: ")).singleElement().asString().contains("redeployRejected");
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
    }

    @Test
    void withoutAVerdictTheBuildIsUnstableAndTheReleaseStays() throws Exception {
        String absent = host.stack.release("not checked");
        host.gitHub.none(absent, "Say nothing [skip ci]");
        assertUnstable(absent, "ABSENT");
        String pending = host.stack.release("never ready");
        host.gitHub.pending(pending, "build");
        host.configure(environment -> environment.getCi().setTimeout("1s"));
        assertUnstable(pending, "TIMEOUT");
        // A watch that counted the checks of its own Jenkins would wait for itself.
        String own = host.stack.release("checked by this Jenkins only");
        host.gitHub.pending(own, "continuous-integration/jenkins/branch");
        assertUnstable(own, "ABSENT");
        // A commit that GitHub does not know.
        assertUnstable(host.stack.release("unknown to CI"), "ERROR");

        assertThat(host.validated()).isEmpty();
        assertThat(host.events()).doesNotContain("rollback.started");
    }

    private static void assertUnstable(String sha, String verdict) throws Exception {
        String log = log(Result.UNSTABLE, pipelines.run("""
                deployPreprodFirst environment: 'preprod', sha: '%s'
                def ci = watchCiAndRollback environment: 'preprod'
                echo "verdict ${ci.verdict}"
                """.formatted(sha)));
        assertThat(log).contains("verdict " + verdict);
        assertThat(lines(log, "UNSTABLE: preprod: ")).hasSize(1);
        assertThat(host.stack.live()).isEqualTo(sha);
    }

    @Test
    void withoutAVerdictTheHostGoesBackWhereThatIsWanted() throws Exception {
        String sha = host.stack.release("not checked");
        host.gitHub.none(sha, "Say nothing [skip ci]");
        host.configure(environment -> environment.getCi().setOnAbsent("rollback"));

        WorkflowRun build = pipelines.run("""
                deployPreprodFirst environment: 'preprod', sha: '%s'
                watchCiAndRollback environment: 'preprod'
                """.formatted(sha));

        log(Result.FAILURE, build);
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
    }

    @Test
    void anUnhealthyReleaseIsTakenBackAtOnceAndFailsTheBuild() throws Exception {
        String sha = host.stack.commit("Break the page", Map.of("index.html", "Sorry"));

        WorkflowRun build = pipelines.run("deployPreprodFirst environment: 'preprod', sha: '" + sha + "'");

        assertThat(lines(log(Result.FAILURE, build), "ERROR: "))
                .singleElement()
                .asString()
                .startsWith("ERROR: preprod: " + sha.substring(0, 7) + " was taken back: not healthy: ");
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
    }

    @Test
    void aReleaseThatIsNotLiveAnyMoreIsLeftAlone() throws Exception {
        String sha = host.stack.release("overtaken");
        String newer = host.stack.release("newer");
        host.gitHub.failed(sha, "build");

        WorkflowRun build = pipelines.run("""
                deployPreprodFirst environment: 'preprod', sha: '%1$s'
                deployPreprodFirst environment: 'preprod', sha: '%2$s'
                echo "verdict ${watchCiAndRollback(environment: 'preprod', sha: '%1$s').verdict}"
                """.formatted(sha, newer));

        assertThat(log(Result.SUCCESS, build)).contains("verdict SUPERSEDED");
        assertThat(host.stack.live()).isEqualTo(newer);
    }

    @Test
    void noSecretIsInTheBuildNorOnTheHost() throws Exception {
        String sha = host.stack.release("discreet");
        host.gitHub.pending(sha, "build");
        WorkflowRun build = pipelines.start("""
                deployPreprodFirst environment: 'preprod', sha: '%s'
                watchCiAndRollback environment: 'preprod'
                """.formatted(sha));
        Pipelines.await("CI: 0 of 1 checks done", build);
        Path program = new File(build.getRootDir(), "program.dat").toPath();
        await().atMost(MINUTE).until(() -> Files.exists(program));

        assertNoSecret(build.getRootDir().toPath());
        host.gitHub.failed(sha, "build");
        log(Result.FAILURE, Pipelines.end(build));

        assertNoSecret(build.getRootDir().toPath());
        assertNoSecret(host.stateDirectory());
        assertThat(build.getRootDir().toPath().resolve("build.xml")).content().contains(sha);
        assertThat(host.gitHub.tokens(sha)).containsOnly(JenkinsHost.TOKEN);
        await().atMost(MINUTE)
                .untilAsserted(() -> assertThat(host.discord.messages()).hasSize(3));
        assertThat(host.discord.messages())
                .noneMatch(message -> host.secrets().stream().anyMatch(message::contains));
    }

    private static void assertNoSecret(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty().allSatisfy(file -> {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String secret : host.secrets()) {
                    assertThat(text.contains(secret))
                            .as(file + " contains " + secret)
                            .isFalse();
                }
            });
        }
    }
}
