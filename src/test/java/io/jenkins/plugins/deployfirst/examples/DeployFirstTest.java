package io.jenkins.plugins.deployfirst.examples;

import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.DiscordChannel;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code examples/deploy-first} as it stands: preprod, production, the monitor and the documentation. */
@ExtendWith(RealHost.class)
@WithJenkins
class DeployFirstTest {
    private static final int EVENING = 19;

    private static final GitHubChecks GIT_HUB = GitHubChecks.start();
    private static final DiscordChannel DISCORD = DiscordChannel.start();
    private static final DiscordChannel SLACK = DiscordChannel.start();

    @TempDir
    private static Path root;

    private static JenkinsRule jenkins;
    private static Example example;
    private static Server server;
    private static Site preprod;
    private static Site prod;
    private static WorkflowJob deployment;
    private static WorkflowJob production;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        example = Example.start(rule, root, "deploy-first");
        server = Server.start(root, "site-ssh");
        preprod = start("preprod", "10_preprod");
        prod = start("prod", "20_prod");
        Tool.run(root, "mkdir", "-p", stateFile().getParent().toString());
        Credentials.text("github-token", "TokenOfTheTests");
        Credentials.text("discord-webhook", DISCORD.webhook());
        Credentials.text("slack-webhook", SLACK.webhook());
        deployment = example.job("Jenkinsfile");
        production = example.job("Jenkinsfile.production");
        // The first build of a job declares its parameters; until then nobody can give them.
        Example.build(production);
    }

    private static Site start(String environment, String directory) {
        Site site = server.site(environment, directory);
        example.repository.cloneTo(site.directory());
        site.settings("SITE_IMAGE=" + Example.STAND_IN, "SITE_PORT=" + site.port);
        site.compose("docker-compose-" + environment + ".yml", "up -d");
        return site;
    }

    @AfterAll
    static void stop() {
        example.close();
        prod.close();
        preprod.close();
        server.close();
        SLACK.close();
        DISCORD.close();
        GIT_HUB.close();
    }

    @BeforeEach
    void startAnew() throws Exception {
        example.repository.reset(example.first());
        for (Site site : List.of(preprod, prod)) {
            site.run("git fetch -q && git reset -q --hard " + example.first());
            site.compose("docker-compose-" + (site == prod ? "prod" : "preprod") + ".yml", "up -d");
            site.forget();
        }
        Tool.run(root, "rm", "-f", stateFile().toString());
        GIT_HUB.startAnew();
        DISCORD.startAnew();
        SLACK.startAnew();
        configure(false);
    }

    @Test
    void aPushIsLiveAtOnceAndValidatedWhenItsCiHasSucceeded() throws Exception {
        String sha = release("good");
        GIT_HUB.pending(sha, "build");

        WorkflowRun build = Example.start(deployment);
        Pipelines.await("Watching", build);

        assertThat(preprod.page("")).isEqualTo("Welcome, good");
        assertThat(jenkins.jenkins.toComputer().countBusy())
                .as("executors taken")
                .isZero();
        GIT_HUB.succeeded(sha, "build");
        log(Result.SUCCESS, Pipelines.end(build));
        assertThat(Tool.read(stateFile())).isEqualTo(sha);
        assertThat(DISCORD.messages())
                .hasSize(3)
                .allSatisfy(message -> assertThat(message)
                        .contains("preprod", sha.substring(0, 7), "Ada Lovelace", "Say good", preprod.url()));
        assertThat(DISCORD.messages().get(1)).contains("deployed", "CI verification in progress");
        assertThat(DISCORD.messages().get(2)).contains("is validated");
        assertThat(SLACK.messages()).isEmpty();
    }

    @Test
    void aPushWhoseCiFailsIsTakenBackToTheLastValidatedCommit() throws Exception {
        String good = validated("good");
        String bad = release("bad");
        GIT_HUB.failed(bad, "unit tests");
        DISCORD.startAnew();

        String log = log(Result.FAILURE, Example.build(deployment));

        assertThat(log).contains("unit tests").contains(GIT_HUB.page("unit tests"));
        assertThat(preprod.page("")).isEqualTo("Welcome, good");
        assertThat(Tool.read(stateFile())).isEqualTo(good);
        assertThat(preprod.events()).endsWith("deploy.succeeded", "rollback.started", "rollback.succeeded");
        assertThat(DISCORD.messages().get(2))
                .contains("rolled back", "unit tests\\\\: failure", GIT_HUB.page("unit tests"));
    }

    @Test
    void aPushThatIsNotHealthyIsTakenBackWithoutWaitingForCi() throws Exception {
        validated("good");
        String broken = example.repository.commit("Break the page", Map.of("site/index.html", "Oops"));

        assertThat(log(Result.FAILURE, Example.build(deployment))).contains("Welcome");

        assertThat(preprod.page("")).isEqualTo("Welcome, good");
        assertThat(GIT_HUB.reads(broken)).isZero();
    }

    @Test
    void aPushThatPutsErrorsIntoTheLogsIsTakenBack() throws Exception {
        validated("good");
        example.repository.commit("Lose the database", Map.of("trouble", "ERROR: no database\n"));

        assertThat(log(Result.FAILURE, Example.build(deployment))).contains("ERROR: no database");

        assertThat(preprod.page("")).isEqualTo("Welcome, good");
    }

    @Test
    void productionIsDeployedWhenSomebodyHasTypedDeploy() throws Exception {
        String sha = validated("good");
        DISCORD.startAnew();

        assertThat(log(Result.FAILURE, Example.build(production))).contains("confirm: is missing. Type DEPLOY");
        assertThat(log(Result.FAILURE, promote("please"))).contains("confirm: \"please\" is not DEPLOY.");
        assertThat(prod.page("")).isEqualTo("Welcome, release 1");

        assertThat(log(Result.SUCCESS, promote("DEPLOY")))
                .contains("Validated on preprod: " + sha + " Say good")
                .contains("Live on prod: " + example.first() + " First release");
        assertThat(prod.page("")).isEqualTo("Welcome, good");
        assertThat(prod.journal())
                .last()
                .satisfies(entry -> assertThat(entry.get("sha")).isEqualTo(sha));
        assertThat(prod.journal())
                .anySatisfy(entry -> assertThat(entry.get("backup")).endsWith("/backups/site.dump"));
        assertThat(DISCORD.messages()).last().asString().contains("preprod \\\\-\\\\> prod", prod.url());
    }

    @Test
    void productionIsRefusedWhatPreprodHasNotValidated() throws Exception {
        String sha = release("unproved");
        GIT_HUB.failed(sha, "build");
        Example.build(deployment);

        assertThat(log(Result.FAILURE, promote("DEPLOY"))).contains("No release was ever validated on preprod.");

        assertThat(prod.page("")).isEqualTo("Welcome, release 1");
    }

    @Test
    void productionIsNotTouchedWhilePreprodDoesNotWork() throws Exception {
        validated("good");
        preprod.compose("docker-compose-preprod.yml", "stop");

        log(Result.FAILURE, promote("DEPLOY"));

        assertThat(prod.page("")).isEqualTo("Welcome, release 1");
        assertThat(prod.events()).isEmpty();
    }

    @Test
    void onFridayEveningProductionNeedsAReason() throws Exception {
        validated("good");
        configure(true);

        assertThat(log(Result.FAILURE, promote("DEPLOY"))).contains("overrideFreeze");
        assertThat(prod.page("")).isEqualTo("Welcome, release 1");

        log(Result.SUCCESS, Example.build(production, "CONFIRM", "DEPLOY", "OVERRIDE_FREEZE", "The shop is down"));
        assertThat(prod.page("")).isEqualTo("Welcome, good");
        assertThat(prod.journal())
                .anySatisfy(entry -> assertThat(entry.get("overrideFreeze")).isEqualTo("The shop is down"));
    }

    @Test
    void productionIsNotTouchedWhenTheBackupFails() throws Exception {
        validated("good");
        prod.run("touch backup-is-full");

        assertThat(log(Result.FAILURE, promote("DEPLOY"))).contains("no space left for a backup");

        assertThat(prod.page("")).isEqualTo("Welcome, release 1");
        assertThat(prod.events()).doesNotContain("deploy.started");
        prod.run("rm backup-is-full");
    }

    @Test
    void productionThatIsNotHealthyIsTakenBackAndTheManualCommandsArePrinted() throws Exception {
        String compose = Tool.read(prod.directory().resolve("docker-compose-prod.yml"));
        validated("bad only there", Map.of("docker-compose-prod.yml", compose.replace("app.py", "nothing.py") + "\n"));
        DISCORD.startAnew();

        String log = log(Result.FAILURE, promote("DEPLOY"));

        assertThat(log)
                .contains("Should that be cut off, these commands go to " + example.first() + ":")
                .contains("git reset --hard " + example.first());
        assertThat(prod.page("")).isEqualTo("Welcome, release 1");
        assertThat(DISCORD.messages()).last().asString().contains("prod\\\\: rolled back");
    }

    @Test
    void theMonitorTellsOnceThatASiteIsDownAndOnceThatItIsUpAgain() throws Exception {
        WorkflowJob monitor = example.job("Jenkinsfile.monitor");
        log(Result.SUCCESS, Example.build(monitor));
        assertThat(monitor.getTriggers().values())
                .singleElement()
                .isInstanceOfSatisfying(
                        TimerTrigger.class, timer -> assertThat(timer.getSpec()).isEqualTo("H * * * *"));
        DISCORD.startAnew();
        SLACK.startAnew();

        prod.compose("docker-compose-prod.yml", "stop");
        log(Result.UNSTABLE, Example.build(monitor));
        log(Result.UNSTABLE, Example.build(monitor));
        prod.compose("docker-compose-prod.yml", "start");
        log(Result.SUCCESS, Example.build(monitor));
        log(Result.SUCCESS, Example.build(monitor));

        for (DiscordChannel channel : List.of(DISCORD, SLACK)) {
            assertThat(channel.messages())
                    .satisfiesExactly(
                            down -> assertThat(down).contains("prod", "down", "does not answer as it should"),
                            up -> assertThat(up).contains("prod", "up again"));
        }
    }

    @Test
    void documentationIsBuiltOnlyWhenItChangesAndOnlyItsFailuresAreTold() throws Exception {
        WorkflowJob docs = example.job("Jenkinsfile.docs");
        log(Result.SUCCESS, Example.build(docs));
        release("no documentation");
        assertThat(log(Result.SUCCESS, Example.build(docs))).doesNotContain("docs/build.sh");

        example.repository.commit("Write more", Map.of("docs/index.md", "# The site\n"));
        assertThat(log(Result.SUCCESS, Example.build(docs))).contains("docs/build.sh");
        assertThat(DISCORD.messages()).isEmpty();

        example.repository.commit("Write nonsense", Map.of("docs/index.md", "BROKEN\n"));
        assertThat(log(Result.FAILURE, Example.build(docs))).contains("docs/build.sh");
        assertThat(DISCORD.messages())
                .singleElement()
                .asString()
                .contains("docs", "failed", "The documentation does not build", "Build](");
        assertThat(SLACK.messages()).isEmpty();
        assertThat(preprod.events()).isEmpty();
        assertThat(prod.events()).isEmpty();
        assertThat(preprod.page("")).isEqualTo("Welcome, release 1");
    }

    private static WorkflowRun promote(String typed) throws Exception {
        return Example.build(production, "CONFIRM", typed, "OVERRIDE_FREEZE", "");
    }

    private static String release(String text) {
        return example.repository.commit("Say " + text, Map.of("site/index.html", "Welcome, " + text));
    }

    private static String validated(String text) throws Exception {
        return validated(text, Map.of());
    }

    /** Has a commit deployed to preprod, and validated there. */
    private static String validated(String text, Map<String, String> files) throws Exception {
        Map<String, String> all = new HashMap<>(files);
        all.put("site/index.html", "Welcome, " + text);
        String sha = example.repository.commit("Say " + text, all);
        GIT_HUB.succeeded(sha, "build");
        log(Result.SUCCESS, Example.build(deployment));
        return sha;
    }

    private static Path stateFile() {
        return root.resolve("var").resolve("last-validated-sha.txt");
    }

    /** In some time zone it is evening now; there it may be Friday, as far as production is concerned. */
    private static void configure(boolean frozen) throws Exception {
        ZoneOffset evening = IntStream.rangeClosed(-11, 12)
                .mapToObj(ZoneOffset::ofHours)
                .filter(zone -> ZonedDateTime.now(zone).getHour() == EVENING)
                .findFirst()
                .orElseThrow();
        DayOfWeek today = ZonedDateTime.now(evening).getDayOfWeek();
        DayOfWeek day = frozen ? today : today.plus(3);
        Map<String, String> values = new HashMap<>(server.values("SITE"));
        values.put("PREPROD_DIRECTORY", preprod.directory().toString());
        values.put("PREPROD_PROJECT", preprod.project.name());
        values.put("PREPROD_URL", preprod.url());
        values.put("PREPROD_STATE", stateFile().toString());
        values.put("PROD_DIRECTORY", prod.directory().toString());
        values.put("PROD_PROJECT", prod.project.name());
        values.put("PROD_URL", prod.url());
        values.put("SITE_REPOSITORY", GitHubChecks.REPOSITORY);
        values.put("GITHUB_API", GIT_HUB.url());
        values.put("CI_DELAY", "0");
        values.put("CI_INTERVAL", "200ms");
        values.put(
                "FREEZE_DAY",
                day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).toLowerCase(Locale.ROOT));
        values.put("FREEZE_ZONE", evening.getId());
        example.configure(values);
    }
}
