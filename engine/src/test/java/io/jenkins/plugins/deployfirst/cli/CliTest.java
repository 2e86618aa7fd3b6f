package io.jenkins.plugins.deployfirst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    private static final String YAML = """
            environments:
              - name: preprod
                host: local
                directory: /srv/app
                ci: { github: { repository: owner/repo, tokenEnv: GITHUB_TOKEN } }
                notify: [ { discord: { urlEnv: DISCORD_WEBHOOK } } ]
              - name: plain
                host: local
                directory: /srv/plain
            """;

    @TempDir
    Path directory;

    private CliRunner cli;

    @BeforeEach
    void writeEnvironmentFile() {
        cli = new CliRunner(directory).withFile("environments.yml", YAML);
        cli.variables.put("GITHUB_TOKEN", "secret-token");
        cli.variables.put("DISCORD_WEBHOOK", "https://discord.example.com/secret");
    }

    @Test
    void deployPutsTheCommitLiveAndSaysWhatFollows() {
        assertThat(cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD)).isZero();

        assertThat(cli.engine.asked).containsExactly("discord ALL", "deploy preprod " + FakeEngine.GOOD);
        assertThat(cli.out())
                .isEqualToIgnoringNewLines("preprod: 1a2b3c4 is live and healthy (was 9f8e7d6), in 1.3 s."
                        + " CI decides next: deploy-first watch preprod --sha " + FakeEngine.GOOD);
        assertThat(cli.engine.contexts.get(0).ciServer().orElseThrow().describe())
                .isEqualTo("GitHub owner/repo https://api.github.com secret-token");
        assertThat(cli.engine.contexts.get(0).notifiers()).hasSize(1);
        assertThat(cli.engine.environments.get(0).host()).isEqualTo(new HostSettings.Local());
    }

    @Test
    void deployOfAnEnvironmentWithoutCiPromisesNone() {
        cli.run("deploy", "plain", "--sha", FakeEngine.GOOD);

        assertThat(cli.out()).doesNotContain("CI decides next");
    }

    @Test
    void theTagOfImagesIsTakenBesideTheCommit() {
        cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD, "--tag", "v1.4");

        assertThat(cli.engine.asked).contains("deploy preprod " + FakeEngine.GOOD + " tag v1.4");
    }

    @Test
    void composeBringsUpATagACommitOrWhatIsLive() {
        assertThat(cli.run("compose", "plain", "--tag", "v1.4")).isZero();
        assertThat(cli.run("compose", "plain", "--tag", "v1.4", "--sha", "1a2b3c4"))
                .isZero();
        assertThat(cli.run("compose", "plain", "--service", "web", "--service", "worker"))
                .isZero();

        assertThat(cli.engine.asked)
                .containsExactly(
                        "deploy plain the commit of tag v1.4",
                        "deploy plain 1a2b3c4 tag v1.4",
                        "deploy plain what is live");
        assertThat(cli.engine.environments)
                .extracting(environment -> environment.compose().action())
                .containsOnly(ComposeSettings.Action.UP);
        assertThat(cli.engine.environments)
                .extracting(environment -> environment.compose().services())
                .containsExactly(List.of(), List.of(), List.of("web", "worker"));
    }

    @Test
    void aTagIsShownWhereItSaysMoreThanTheCommit() {
        assertThat(Results.release(FakeEngine.GOOD, "")).isEqualTo("1a2b3c4");
        assertThat(Results.release(FakeEngine.GOOD, FakeEngine.GOOD)).isEqualTo("1a2b3c4");
        assertThat(Results.release(FakeEngine.GOOD, "v1.4")).isEqualTo("1a2b3c4 (v1.4)");
        assertThat(Results.release("", "v1.4")).isEqualTo("v1.4");
        assertThat(Results.release("", "")).isEqualTo("-");
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void everyOutcomeHasItsExitCode(Outcome outcome) {
        cli.engine.deploy = () -> FakeEngine.deployed(outcome, outcome == Outcome.DONE ? "" : "It failed. Look at it.");

        assertThat(cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD, "--json"))
                .isEqualTo(outcome.exitCode());

        assertThat(cli.json().get("outcome").asText()).isEqualTo(outcome.name());
        assertThat(cli.json().has("error")).isEqualTo(outcome != Outcome.DONE);
    }

    @Test
    void jsonOfADeploymentIsTheMapOfTheStepWithItsOutcome() {
        cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD, "--redeploy-rejected", "--json");

        assertThat(cli.out())
                .isEqualToIgnoringNewLines("{\"environment\":\"preprod\",\"sha\":\"" + FakeEngine.GOOD
                        + "\",\"tag\":\"\",\"previousSha\":\"" + FakeEngine.BEFORE
                        + "\",\"lastValidatedSha\":\"\",\"rolledBackTo\":\"\",\"rolledBack\":false,\"healthy\":true,"
                        + "\"images\":{\"web\":{\"image\":\"shop:latest\",\"before\":\"sha256:1\",\"after\":\"sha256:2\"}},"
                        + "\"commits\":{},\"durationMillis\":1300,"
                        + "\"phases\":[{\"name\":\"fetch\",\"durationMillis\":400}],\"outcome\":\"DONE\"}");
        assertThat(cli.err()).isEmpty();
        assertThat(cli.engine.asked).last().asString().endsWith(" even if rejected");
    }

    @Test
    void aFailedFlowTellsItsErrorOnceOnStandardError() {
        cli.engine.deploy = () -> {
            throw new DeployFirstException(Outcome.LOCKED, "ada@desk holds the lock.", "Try again later.");
        };

        assertThat(cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD)).isEqualTo(6);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).isEqualToIgnoringNewLines("error: ada@desk holds the lock. Try again later.");
    }

    @Test
    void aDeploymentThatWasTakenBackSaysWhereItIsNow() {
        cli.engine.deploy = () -> FakeEngine.deployed(Outcome.ROLLED_BACK, "It is not healthy.");

        assertThat(cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD)).isEqualTo(3);

        assertThat(cli.out())
                .isEqualToIgnoringNewLines("preprod: 1a2b3c4 was taken back after 1.3 s; 9f8e7d6 is live.");
        assertThat(cli.err()).isEqualToIgnoringNewLines("error: It is not healthy.");
    }

    @Test
    void anErrorOfTheProgramNeverLooksLikeNothingHappened() {
        cli.engine.deploy = () -> {
            throw new IllegalStateException("bug");
        };

        assertThat(cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD, "--json"))
                .isEqualTo(4);

        assertThat(cli.json().get("outcome").asText()).isEqualTo("PERSON_NEEDED");
        assertThat(cli.json().get("error").asText()).contains("IllegalStateException: bug", "deploy-first status");
        assertThat(cli.err()).contains("at " + CliTest.class.getName());
    }

    @Test
    void anErrorOfTheProgramInACommandThatOnlyLooksChangedNothing() {
        cli.engine.health = () -> {
            throw new IllegalStateException("bug");
        };

        assertThat(cli.run("health", "preprod")).isEqualTo(1);
    }

    @Test
    void anInterruptedFlowExitsAsShellsExpect() {
        cli.engine.deploy = () -> {
            throw new InterruptedException();
        };

        assertThat(cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD, "--json"))
                .isEqualTo(130);

        assertThat(cli.json().get("outcome").asText()).isEqualTo("INTERRUPTED");
    }

    @Test
    void anInterruptedWatchIsCancelled() {
        cli.engine.watch = new CompletableFuture<>();
        Thread.currentThread().interrupt();

        assertThat(cli.run("watch", "preprod", "--sha", FakeEngine.GOOD)).isEqualTo(130);

        assertThat(cli.engine.watch).isCancelled();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void watchTellsTheFailedChecksAndWhereItWentBackTo() {
        cli.engine.watch = CompletableFuture.completedFuture(
                FakeEngine.watched(Outcome.ROLLED_BACK, Verdict.FAILURE, "CI failed: build."));

        assertThat(cli.run("watch", "preprod", "--sha", "1a2b3c4")).isEqualTo(3);

        assertThat(cli.engine.asked).last().isEqualTo("watch preprod 1a2b3c4");
        assertThat(cli.out().lines())
                .containsExactly(
                        "preprod: CI failed for 1a2b3c4; 9f8e7d6 is live again, in 2 min 5 s.",
                        "  failed: build (timed_out) https://ci.example.com/1");
    }

    @Test
    void watchWithoutAVerdictSaysThatTheReleaseStays() {
        cli.engine.watch = CompletableFuture.completedFuture(
                FakeEngine.watched(Outcome.NO_VERDICT, Verdict.TIMEOUT, "CI took longer than 5 min."));

        assertThat(cli.run("watch", "preprod", "--sha", "1a2b3c4")).isEqualTo(5);

        assertThat(cli.out())
                .isEqualToIgnoringNewLines("preprod: CI gave no verdict for 1a2b3c4 (TIMEOUT);"
                        + " it stays live, not validated, in 2 min 5 s.");
    }

    @Test
    void aWatchThatFailsForAReasonTellsIt() {
        cli.engine.watch = CompletableFuture.failedFuture(DeployFirstException.unchanged("No way in.", "Knock."));

        assertThat(cli.run("watch", "preprod", "--sha", "1a2b3c4")).isEqualTo(1);

        assertThat(cli.err()).isEqualToIgnoringNewLines("error: No way in. Knock.");
    }

    @Test
    void runDeploysThenWatchesTheFullSha() {
        assertThat(cli.run("run", "preprod", "--sha", "1a2b3c4", "--json")).isZero();

        assertThat(cli.engine.asked)
                .containsExactly("discord ALL", "deploy preprod 1a2b3c4", "watch preprod " + FakeEngine.GOOD);
        assertThat(cli.json().fieldNames()).toIterable().containsExactly("deploy", "watch", "outcome");
        assertThat(cli.json().at("/deploy/phases/0/name").asText()).isEqualTo("fetch");
        assertThat(cli.json().at("/watch/verdict").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void runDoesNotWatchWhatDidNotStayLive() {
        cli.engine.deploy = () -> FakeEngine.deployed(Outcome.ROLLED_BACK, "It is not healthy.");

        assertThat(cli.run("run", "preprod", "--sha", "1a2b3c4", "--json")).isEqualTo(3);

        assertThat(cli.engine.asked).containsExactly("discord ALL", "deploy preprod 1a2b3c4");
        assertThat(cli.json().fieldNames()).toIterable().containsExactly("deploy", "outcome", "error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "watch"})
    void watchingNeedsACiServer(String command) {
        assertThat(cli.run(command, "plain", "--sha", "1a2b3c4")).isEqualTo(2);

        assertThat(cli.err())
                .isEqualToIgnoringNewLines("error: environments.yml:7:11: environments[1].name: \"plain\" has no CI to"
                        + " watch. Add ci: { github: { repository: owner/repo, tokenEnv: GITHUB_TOKEN } } (or gitlab, or"
                        + " gitea), or use deploy-first deploy.");
        assertThat(cli.engine.asked).isEmpty();
    }

    @Test
    void rollbackReturnsToTheRollbackPointOrToAGivenRelease() {
        assertThat(cli.run("rollback", "preprod")).isZero();
        assertThat(cli.out())
                .isEqualToIgnoringNewLines("preprod: 9f8e7d6 is live again and healthy (was 1a2b3c4), in 0.8 s.");

        assertThat(cli.run("rollback", "preprod", "--to", "9F8E7D6")).isZero();
        assertThat(cli.engine.asked)
                .containsExactly(
                        "discord ALL",
                        "rollback preprod to the rollback point",
                        "discord ALL",
                        "rollback preprod to 9f8e7d6");
    }

    @Test
    void promoteCarriesAReleaseFromOneEnvironmentToAnother() {
        assertThat(cli.run("promote", "plain", "preprod", "--confirm", "DEPLOY"))
                .isZero();
        assertThat(cli.out())
                .isEqualToIgnoringNewLines("preprod -> prod: 1a2b3c4 is live and healthy (was 9f8e7d6), in 1.3 s.");

        assertThat(cli.run(
                        "promote",
                        "plain",
                        "preprod",
                        "--confirm=deploy",
                        "--sha=1A2B3C4",
                        "--override-freeze=the site is down",
                        "--redeploy-rejected"))
                .isZero();
        assertThat(cli.engine.asked)
                .containsExactly(
                        "discord ALL",
                        "promote plain to preprod the last validated, typed DEPLOY",
                        "discord ALL",
                        "promote plain to preprod 1a2b3c4, typed deploy, because the site is down, even if rejected");
    }

    @Test
    void jsonOfAPromotionIsTheMapOfTheStepWithItsOutcome() {
        cli.engine.promote = () -> FakeEngine.promoted(Outcome.ROLLED_BACK, "It is not healthy.");

        assertThat(cli.run("promote", "plain", "preprod", "--confirm", "DEPLOY", "--json"))
                .isEqualTo(3);

        assertThat(cli.out())
                .isEqualToIgnoringNewLines("{\"environment\":\"prod\",\"from\":\"preprod\",\"to\":\"prod\",\"sha\":\""
                        + FakeEngine.GOOD + "\",\"previousSha\":\"" + FakeEngine.BEFORE
                        + "\",\"lastValidatedSha\":\"\",\"backup\":\"/backups/7.dump\",\"rolledBackTo\":\""
                        + FakeEngine.BEFORE
                        + "\",\"rolledBack\":true,\"healthy\":false,\"commits\":{},\"durationMillis\":1500,"
                        + "\"phases\":[{\"name\":\"validated\",\"durationMillis\":200},{\"name\":\"fetch\","
                        + "\"durationMillis\":400}],\"outcome\":\"ROLLED_BACK\",\"error\":\"It is not healthy.\"}");
    }

    @Test
    void aMissingWebhookDoesNotKeepAPersonFromGoingBack() {
        cli.variables.clear();

        assertThat(cli.run("rollback", "preprod")).isZero();

        assertThat(cli.engine.asked).containsExactly("rollback preprod to the rollback point");
        assertThat(cli.err())
                .contains(
                        "warning: environments.yml:6:36: environments[0].notify[0].discord.urlEnv: the environment"
                                + " variable DISCORD_WEBHOOK is not set. Export it before running deploy-first. Nobody is told there.");
    }

    @Test
    void aWebhookThatIsNoAddressIsRefusedWithoutShowingIt() {
        cli.variables.put("DISCORD_WEBHOOK", "discord.example.com/secret");

        assertThat(cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD)).isEqualTo(2);

        assertThat(cli.err().lines())
                .containsExactly(
                        "error: environments.yml:6:36: environments[0].notify[0].discord.urlEnv: the environment"
                                + " variable DISCORD_WEBHOOK does not hold a web address. Set it to the whole address, https and"
                                + " all.");
        assertThat(cli.engine.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "history", "health"})
    void lookingNeedsNoSecrets(String command) {
        cli.variables.clear();

        assertThat(cli.run(command, "preprod")).isZero();

        assertThat(cli.engine.contexts.get(0).ciServer()).isEmpty();
        assertThat(cli.engine.contexts.get(0).notifiers()).isEmpty();
    }

    @Test
    void statusOfOneEnvironmentIsAFlatObject() {
        assertThat(cli.run("status", "preprod", "--json")).isZero();

        assertThat(cli.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "environment",
                        "live",
                        "liveTag",
                        "liveSubject",
                        "liveAuthor",
                        "liveTime",
                        "deployedAt",
                        "lastValidated",
                        "validatedTag",
                        "validatedSubject",
                        "validatedAuthor",
                        "validatedTime",
                        "ahead",
                        "behind",
                        "interrupted",
                        "lockHolder",
                        "health",
                        "journal",
                        "commits",
                        "outcome");
    }

    @Test
    void statusShowsAnAlignedTableOfAllEnvironments() {
        assertThat(cli.run("status")).isZero();

        assertThat(cli.out().lines())
                .containsExactly(
                        "ENVIRONMENT  LIVE     VALIDATED                 HEALTH   LOCK  LAST EVENT                            COMMIT",
                        "preprod      1a2b3c4  9f8e7d6, live is 2 ahead  healthy  free  deploy.succeeded 2026-03-04 07:06:07  Add a door",
                        "plain        1a2b3c4  9f8e7d6, live is 2 ahead  healthy  free  deploy.succeeded 2026-03-04 07:06:07  Add a door");
    }

    @Test
    void oneEnvironmentOutOfReachDoesNotHideTheOthers() {
        cli.engine.status.put("preprod", () -> {
            throw DeployFirstException.unchanged("preprod cannot be reached.", "Check the network.");
        });

        assertThat(cli.run("status", "--json")).isEqualTo(1);

        assertThat(cli.json().fieldNames()).toIterable().containsExactly("environments", "outcome", "error");
        assertThat(cli.json().at("/environments/0").toString())
                .isEqualTo("{\"environment\":\"preprod\",\"outcome\":\"FAILED_UNCHANGED\","
                        + "\"error\":\"preprod cannot be reached. Check the network.\"}");
        assertThat(cli.json().at("/environments/1/outcome").asText()).isEqualTo("DONE");
        assertThat(cli.json().get("error").asText())
                .isEqualTo("preprod: preprod cannot be reached. Check the network.");
    }

    @Test
    void everyEnvironmentOutOfReachHasALineOfItsOwn() {
        cli.engine.status.put("preprod", () -> {
            throw DeployFirstException.unchanged("It cannot be reached.", "Check the network.");
        });
        cli.engine.status.put("plain", () -> {
            throw DeployFirstException.usage("directory: it is a file.", "Correct it.");
        });

        assertThat(cli.run("status")).isEqualTo(2);

        assertThat(cli.err().lines())
                .containsExactly(
                        "error: preprod: It cannot be reached. Check the network.",
                        "error: plain: directory: it is a file. Correct it.");
    }

    @Test
    void historyShowsATimelineInLocalTime() {
        cli.engine.history = () -> List.of(FakeEngine.entry("deploy.started"), FakeEngine.entry("rollback.succeeded"));

        assertThat(cli.run("history", "preprod", "-n", "2")).isZero();

        assertThat(cli.engine.asked).containsExactly("history preprod 2");
        assertThat(cli.out().lines())
                .containsExactly(
                        "2026-03-04 07:06:07  1a2b3c4  deploy.started      by ada@desk  the gate failed",
                        "2026-03-04 07:06:07  1a2b3c4  rollback.succeeded  by ada@desk  the gate failed");
    }

    @Test
    void historyAsJsonListsTheEntriesAsTheyWereWritten() {
        cli.engine.history = () -> List.of(FakeEngine.entry("deploy.started"));

        cli.run("history", "preprod", "--json");

        assertThat(cli.engine.asked).containsExactly("history preprod 20");
        assertThat(cli.json().at("/entries/0/event").asText()).isEqualTo("deploy.started");
        assertThat(cli.json().at("/entries/0/time").asText()).isEqualTo("2026-03-04T05:06:07Z");
    }

    @Test
    void healthOfAnEnvironmentShowsEveryAttempt() {
        cli.engine.health = () -> FakeEngine.UNHEALTHY;

        assertThat(cli.run("health", "preprod")).isEqualTo(1);

        assertThat(cli.out())
                .isEqualToIgnoringNewLines(
                        "unhealthy  https://preprod.example.com/  200  12 ms  the body does not contain \"Welcome\"");
        assertThat(cli.err())
                .isEqualToIgnoringNewLines("error: preprod is not healthy: the body does not contain \"Welcome\"");
    }

    @Test
    void healthOfAUrlNeedsNoEnvironmentFile() {
        assertThat(cli.run(
                        "health",
                        "--config",
                        "nowhere.yml",
                        "--json",
                        "--url",
                        "https://ada:secret@preprod.example.com/",
                        "--status",
                        "2xx",
                        "--contains",
                        "Welcome",
                        "--matches",
                        "W.*",
                        "--json-pointer",
                        "/db",
                        "--json-equals",
                        "up",
                        "--attempts",
                        "7",
                        "--interval",
                        "250ms",
                        "--timeout",
                        "2",
                        "--start-period",
                        "1m"))
                .isZero();

        assertThat(cli.engine.timings.get(0).attempts()).isEqualTo(7);
        assertThat(cli.engine.timings.get(0).interval()).isEqualTo(Duration.ofMillis(250));
        assertThat(cli.engine.timings.get(0).timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(cli.engine.timings.get(0).startPeriod()).isEqualTo(Duration.ofMinutes(1));
        assertThat(cli.engine.checks.get(0).status()).isEqualTo("2xx");
        assertThat(cli.engine.checks.get(0).jsonEquals()).isEqualTo("up");
        assertThat(cli.json().get("url").asText()).isEqualTo("https://preprod.example.com/");
        assertThat(cli.json().at("/attempts/0/latencyMillis").asInt()).isEqualTo(12);
    }

    @Test
    void aUrlIsAskedWithoutStartPeriodUnlessOneIsGiven() {
        cli.run("health", "--url", "http://localhost/");

        assertThat(cli.engine.timings.get(0).startPeriod()).isZero();
        assertThat(cli.engine.timings.get(0).attempts()).isEqualTo(3);
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheCommand() {
        cli.withFile("other.yml", YAML.replace("plain", "other"));

        assertThat(cli.run("--json", "--config", "other.yml", "status", "other"))
                .isZero();
        String before = cli.out();
        assertThat(cli.run("status", "other", "--config", "other.yml", "--json"))
                .isZero();

        assertThat(cli.out()).isEqualTo(before).contains("\"environment\":\"other\"");
    }

    @Test
    void theVariableNamesTheEnvironmentFileUnlessTheOptionDoes() {
        cli.withFile("other.yml", YAML.replace("plain", "other"));
        cli.variables.put("DEPLOY_FIRST_CONFIG", "other.yml");

        assertThat(cli.run("status", "other")).isZero();
        assertThat(cli.run("status", "other", "--config", "environments.yml")).isEqualTo(2);
    }

    @Test
    void theJournalIsToldWhoAndWhichBuildItIs() {
        cli.variables.put("BUILD_URL", "https://jenkins.example.com/job/app/7/");

        cli.run("rollback", "preprod");

        assertThat(cli.engine.contexts.get(0).by()).startsWith(System.getProperty("user.name") + "@");
        assertThat(cli.engine.contexts.get(0).build()).isEqualTo("https://jenkins.example.com/job/app/7/");
    }

    @Test
    void progressGoesToStandardErrorEvenWithJson() {
        cli.engine.deploy = () -> {
            cli.engine.contexts.get(0).progress().info("the compose file changed");
            return FakeEngine.deployed(Outcome.DONE, "");
        };

        cli.run("deploy", "preprod", "--sha", FakeEngine.GOOD, "--json");

        assertThat(cli.err()).contains("s] the compose file changed");
        assertThat(cli.json().get("outcome").asText()).isEqualTo("DONE");
    }
}
