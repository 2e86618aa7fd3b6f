package io.jenkins.plugins.deployfirst.action;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import java.nio.file.Files;
import java.nio.file.Path;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PagesTest {
    private static final String EVIL = "<script>window.evil = 1</script><img src=x onerror=evil()>";

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
    void theBuildsPageShowsPhasesChecksAndLinks() throws Exception {
        DeploymentAction.add(build, SampleRecords.deployed());
        DeploymentAction.add(build, SampleRecords.rolledBackByCi("unit tests", "https://github.com/owner/app/runs/7"));

        HtmlPage page = jenkins.createWebClient().getPage(build);

        assertThat(page.asNormalizedText())
                .contains("preprod: 2222222 is live")
                .contains("preprod: CI failed for 2222222, taken back to 1111111")
                .contains("CI failed: unit tests (failure).")
                .contains("took 1 min 34 s")
                .contains("fetch");
        assertThat(page.querySelectorAll(".deploy-first-bar rect")).hasSize(4);
        assertThat(page.getAnchorByText("unit tests").getHrefAttribute())
                .isEqualTo("https://github.com/owner/app/runs/7");
        assertThat(page.querySelectorAll(".deploy-first-event svg")).hasSize(3);
    }

    @Test
    void thePageOfItsOwnIsReachedFromTheBuildsPage() throws Exception {
        DeploymentAction.add(build, SampleRecords.deployed());

        HtmlAnchor link = jenkins.createWebClient().getPage(build).querySelector(".app-summary a[href='deploy-first']");

        assertThat(((HtmlPage) link.click()).asNormalizedText()).contains("preprod: 2222222 is live");
    }

    @Test
    void whatOthersWroteIsShownAsText() throws Exception {
        DeploymentAction.add(build, SampleRecords.rolledBackByCi(EVIL, "javascript:evil()"));
        build.addAction(new ValidatedShaAction(EVIL, EVIL, EVIL));

        for (String url : new String[] {build.getUrl(), build.getUrl() + "deploy-first", job.getUrl()}) {
            HtmlPage page = jenkins.createWebClient().goTo(url);
            assertThat(page.querySelectorAll("img[src=x], a[href^=javascript]"))
                    .as(url)
                    .isEmpty();
            assertThat(page.executeJavaScript("typeof window.evil").getJavaScriptResult())
                    .as(url)
                    .isEqualTo("undefined");
            assertThat(page.asNormalizedText()).as(url).contains("onerror=evil()");
        }
    }

    @Test
    void theJobsPageShowsWhatIsLiveAndValidatedAndTheHistory() throws Exception {
        DeploymentAction.add(build, SampleRecords.deployed());
        DeploymentAction.add(build, SampleRecords.rolledBackByCi("build", ""));

        HtmlPage page = jenkins.createWebClient().getPage(job);

        DomElement environments = page.getElementById("deploy-first-environments");
        assertThat(environments.asNormalizedText()).contains("preprod").contains("1111111");
        assertThat(environments.asNormalizedText()).doesNotContain("not validated");
        assertThat(page.getElementById("deploy-first-history").asNormalizedText())
                .contains("2222222", "preprod: taken back", "CI failed: build (failure).");
    }

    @Test
    void theJobsPageOfAJobThatDeploysNothingStaysAsItIs() throws Exception {
        assertThat(jenkins.createWebClient().getPage(job).asNormalizedText()).doesNotContain("Deployments");
    }

    @Test
    void theRestApiTellsTheRecordsOfABuild() throws Exception {
        DeploymentAction.add(build, SampleRecords.validated());
        build.addAction(new ValidatedShaAction("preprod", SampleRecords.NEW, SampleRecords.NEW));

        String json = jenkins.getJSON(build.getUrl() + "api/json").getContentAsString();

        assertThat(json)
                .contains("\"verdict\":\"SUCCESS\"")
                .contains("\"name\":\"build\"")
                .contains("\"liveSha\":\"" + SampleRecords.NEW + "\"");
        JSONObject summary = jenkins
                .getJSON(job.getUrl() + "api/json?tree=actions[environments[*]]")
                .getJSONObject()
                .getJSONArray("actions")
                .stream()
                .map(JSONObject::fromObject)
                .filter(action -> action.has("environments"))
                .findFirst()
                .orElseThrow()
                .getJSONArray("environments")
                .getJSONObject(0);
        assertThat(summary.getString("validated")).isEqualTo(SampleRecords.NEW);
    }

    @Test
    void recordsOutliveARestart() throws Exception {
        DeploymentAction.add(build, SampleRecords.rolledBackByCi("build", "https://ci.example.com/1"));
        build.addAction(new ValidatedShaAction("preprod", SampleRecords.OLD, SampleRecords.OLD));
        build.save();

        FreeStyleBuild loaded = reloaded();

        DeploymentRecord record =
                loaded.getAction(DeploymentAction.class).getRecords().get(0);
        assertThat(record.getHeadline()).isEqualTo("preprod: CI failed for 2222222, taken back to 1111111");
        assertThat(record.getChecks())
                .singleElement()
                .satisfies(check -> assertThat(check.isLink()).isTrue());
        assertThat(loaded.getAction(ValidatedShaAction.class).getSha()).isEqualTo(SampleRecords.OLD);
    }

    @Test
    void aBuildThatAnotherVersionWroteIsShownWithWhatItHas() throws Exception {
        DeploymentAction.add(build, SampleRecords.deployed());
        Path file = build.getRootDir().toPath().resolve("build.xml");
        String text = Files.readString(file);
        String older = text.replaceAll("(?s)(<records>).*(</records>)", """
                $1
                  <io.jenkins.plugins.deployfirst.action.DeploymentRecord>
                    <kind>FROM_THE_FUTURE</kind><environment>preprod</environment><outcome>DONE</outcome>
                  </io.jenkins.plugins.deployfirst.action.DeploymentRecord>
                  <io.jenkins.plugins.deployfirst.action.DeploymentRecord/>
                  <no.such.Record/>
                $2""");
        assertThat(older).isNotEqualTo(text);
        Files.writeString(file, older);

        FreeStyleBuild loaded = reloaded();

        assertThat(loaded.getAction(DeploymentAction.class).getRecords()).hasSize(2);
        jenkins.createWebClient().getPage(loaded);
        jenkins.createWebClient().getPage(job);
        DeploymentAction.add(loaded, SampleRecords.deployed());
        assertThat(loaded.getAction(DeploymentAction.class).getRecords()).hasSize(3);
    }

    @Test
    void anActionWithoutItsListIsEmpty() throws Exception {
        DeploymentAction.add(build, SampleRecords.deployed());
        Path file = build.getRootDir().toPath().resolve("build.xml");
        Files.writeString(file, Files.readString(file).replaceAll("(?s)<records>.*</records>", ""));

        assertThat(reloaded().getAction(DeploymentAction.class).getRecords()).isEmpty();
    }

    private FreeStyleBuild reloaded() throws Exception {
        job.doReload();
        FreeStyleBuild loaded = job.getBuildByNumber(build.getNumber());
        assertThat(loaded).isNotSameAs(build);
        return loaded;
    }
}
