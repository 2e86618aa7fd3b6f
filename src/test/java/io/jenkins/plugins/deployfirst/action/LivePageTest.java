package io.jenkins.plugins.deployfirst.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.TaskListener;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord.Kind;
import io.jenkins.plugins.deployfirst.agent.FlowEvent;
import io.jenkins.plugins.deployfirst.agent.FlowEvents;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.engine.Attempt;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SleepBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the pages of a build show while a step is under way, and afterwards. */
@WithJenkins
class LivePageTest {
    private static final String SHA = SampleRecords.NEW;

    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    private FreeStyleBuild build;

    @BeforeAll
    static void aJenkins(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void aBuild() throws Exception {
        job = jenkins.createFreeStyleProject();
        build = jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void whatIsUnderWayIsShownWithItsPhasesAnswersAndChecks() throws Exception {
        LiveRecord live = watch();
        FlowEvents events = live.log(TaskListener.NULL).events();
        live.checks(
                List.of(new Check("1", "unit tests", Check.State.PENDING, "in_progress", "https://ci.example.com/1")));
        events.heard(new FlowEvent.Phase(0, "connect", 0, 62, ""));
        events.heard(new FlowEvent.Phase(1, "gate", 62, -1, ""));
        events.heard(new FlowEvent.Probed(0, new Attempt("http://shop", true, false, "503", 12, "HTTP 503")));

        HtmlPage page = jenkins.createWebClient().getPage(build, "deploy-first");

        DomElement records = page.querySelector(".deploy-first-records");
        assertThat(records.asNormalizedText())
                .contains("preprod: watching the CI of 2222222 …")
                .contains("unit tests", "in_progress", "connect", "62 ms", "gate", "under way")
                .contains("Health gate: one answer", "HTTP 503", "12 ms", "start period, does not count");
        assertThat(records.getAttribute("data-next")).isEqualTo("1000");
        assertThat(records.getAttribute("data-status")).isEqualTo("preprod: watching the CI of 2222222 … gate");
        assertThat(page.querySelectorAll(".deploy-first-bar--running")).hasSize(1);
        live.forget();
    }

    @Test
    void whatTheScriptAsksForIsTheRecordsAloneAndNoCacheKeepsThem() throws Exception {
        LiveRecord live = watch();

        WebResponse answer = fragment();

        assertThat(answer.getContentAsString())
                .startsWith("<div ")
                .contains("class=\"deploy-first-records\"", "data-next=\"3000\"")
                // What the layout of a page brings must be there without it.
                .contains("<svg", "href=\"" + jenkins.contextPath + "/" + build.getUrl() + "console\"")
                .doesNotContain("<html", "<script");
        assertThat(answer.getResponseHeaderValue("Cache-Control")).contains("no-store");
        live.end(build, TaskListener.NULL, validated());
        assertThat(fragment().getContentAsString()).contains("data-next=\"0\"", "preprod: 2222222 is validated");
    }

    @Test
    void theRestApiTellsWhatIsUnderWay() throws Exception {
        LiveRecord live = watch();
        live.log(TaskListener.NULL).events().heard(new FlowEvent.Phase(0, "connect", 5, -1, ""));

        assertThat(jenkins.getJSON(build.getUrl() + "deploy-first/api/json").getContentAsString())
                .contains("\"outcome\":\"RUNNING\"", "\"running\":true", "\"startMillis\":5");
        live.forget();
    }

    @Test
    void aStepThatWasUnderWayWhenJenkinsWentDownWasCutOff() throws Exception {
        LiveRecord live = Records.begin(build, Kind.HEALTH, "http://shop");
        awaitSaved();
        LiveRecord.forgetAll();

        DeploymentRecord record = onlyRecord(reloaded());

        assertThat(record.getOutcome()).isEqualTo("CUT_OFF");
        assertThat(record.getHeadline())
                .isEqualTo("http://shop: asking whether it is healthy – cut off by a restart of Jenkins");
        assertThat(fragment().getContentAsString()).contains("data-next=\"0\"");
        live.end(build, TaskListener.NULL, validated());
        assertThat(onlyRecord(build).getOutcome()).isEqualTo("CUT_OFF");
    }

    @Test
    void aWatchThatIsTakenUpAgainIsTheSameRecord() throws Exception {
        watch();
        awaitSaved();
        LiveRecord.forgetAll();
        FreeStyleBuild loaded = reloaded();
        DeploymentRecord before = onlyRecord(loaded);

        LiveRecord again = Records.watch(loaded, "preprod", Optional.empty(), SHA, "");

        assertThat(onlyRecord(loaded).isRunning()).isTrue();
        assertThat(onlyRecord(loaded).getId()).isEqualTo(before.getId());
        assertThat(onlyRecord(loaded).getStartMillis()).isEqualTo(before.getStartMillis());
        again.end(loaded, TaskListener.NULL, validated());
        assertThat(onlyRecord(reloaded()).getOutcome()).isEqualTo("DONE");
    }

    @Test
    void whatWasAbortedSaysSoAndWhatHasEndedStaysAsItWas() throws Exception {
        LiveRecord live = watch();
        live.abort(build);
        live.end(build, TaskListener.NULL, validated());

        assertThat(onlyRecord(build).getHeadline()).isEqualTo("preprod: watching the CI of 2222222 – aborted");
    }

    @Test
    void betweenTwoStepsOfARunningBuildThePageStillLooks() throws Exception {
        job.getBuildersList().add(new SleepBuilder(Duration.ofMinutes(10).toMillis()));
        build = job.scheduleBuild2(0).waitForStart();
        LiveRecord live = watch();
        live.end(build, TaskListener.NULL, validated());

        assertThat(build.getAction(DeploymentAction.class).getNextLookMillis()).isPositive();

        build.doStop();
        jenkins.waitForCompletion(build);
        await().until(() -> build.getAction(DeploymentAction.class).getNextLookMillis() == 0);
    }

    @Test
    void aBuildThatHasBegunNoDeploymentYetIsLookedAtUntilItDoesOrEnds() throws Exception {
        assertThat(build.getAllActions()).noneMatch(AwaitedDeployments.class::isInstance);
        DeploymentAction.add(build, SampleRecords.deployed());
        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
        job.getBuildersList().add(new SleepBuilder(Duration.ofMinutes(10).toMillis()));
        build = job.scheduleBuild2(0).waitForStart();

        HtmlPage page = jenkins.createWebClient().getPage(build);

        DomElement region = page.querySelector(".app-summary .deploy-first-live");
        assertThat(region.getAttribute("data-url")).endsWith("/" + build.getUrl() + "deploy-first/records");
        assertThat(region.<DomElement>querySelector(".deploy-first-records").getAttribute("data-next"))
                .isEqualTo("3000");
        assertThat(fragment().getContentAsString())
                .contains("data-next=\"3000\"")
                .doesNotContain("<article");
        watch().end(build, TaskListener.NULL, validated());
        assertThat(fragment().getContentAsString()).contains("<article");
        assertThat(build.getAllActions()).noneMatch(AwaitedDeployments.class::isInstance);
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    @Test
    void aBuildOfAJobThatDoesNotDeployIsNotLookedAt() throws Exception {
        job.getBuildersList().add(new SleepBuilder(Duration.ofMinutes(10).toMillis()));
        build = job.scheduleBuild2(0).waitForStart();

        assertThat(build.getAllActions()).noneMatch(AwaitedDeployments.class::isInstance);
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    @Test
    void aLogThatIsGoneIsNotLinkedTo() throws Exception {
        LiveRecord live = Records.begin(build, Kind.HEALTH, "http://shop");
        live.log(TaskListener.NULL).events().heard(new FlowEvent.Phase(0, "gate", 62, 99, ""));
        live.end(build, TaskListener.NULL, new FlowOutcome(Outcome.DONE, Map.of("healthy", true), ""));
        String anchor = "console#deploy-first-" + onlyRecord(build).getId() + "-0-1-gate";
        assertThat(fragment().getContentAsString()).contains(anchor);

        Files.delete(build.getLogFile().toPath());

        assertThat(fragment().getContentAsString()).doesNotContain(anchor).contains("gate");
    }

    @Test
    void anEndlessLogIsLinkedToWhole() throws Exception {
        LiveRecord live = Records.begin(build, Kind.HEALTH, "http://shop");
        live.log(TaskListener.NULL).events().heard(new FlowEvent.Phase(0, "gate", 62, 99, ""));
        live.end(build, TaskListener.NULL, new FlowOutcome(Outcome.DONE, Map.of("healthy", true), ""));

        Files.writeString(build.getLogFile().toPath(), "x\n".repeat(100_000));

        assertThat(fragment().getContentAsString()).contains("consoleFull#deploy-first-");
    }

    private LiveRecord watch() {
        return Records.watch(build, "preprod", Optional.empty(), SHA, "");
    }

    private static FlowOutcome validated() {
        return new FlowOutcome(Outcome.DONE, Map.of("environment", "preprod", "sha", SHA, "verdict", "SUCCESS"), "");
    }

    private WebResponse fragment() throws Exception {
        return jenkins.createWebClient()
                .goTo(build.getUrl() + "deploy-first/records", "text/html")
                .getWebResponse();
    }

    private static DeploymentRecord onlyRecord(FreeStyleBuild of) {
        List<DeploymentRecord> records = of.getAction(DeploymentAction.class).getRecords();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private void awaitSaved() {
        await().until(() -> Files.readString(build.getRootDir().toPath().resolve("build.xml"))
                .contains("<outcome>RUNNING</outcome>"));
    }

    private FreeStyleBuild reloaded() throws Exception {
        job.doReload();
        build = job.getBuildByNumber(build.getNumber());
        return build;
    }
}
