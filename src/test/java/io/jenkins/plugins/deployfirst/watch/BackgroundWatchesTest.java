package io.jenkins.plugins.deployfirst.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Run;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.deployfirst.action.DeploymentAction;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.FolderEnvironments;
import io.jenkins.plugins.deployfirst.config.GitHubCiDefinition;
import io.jenkins.plugins.deployfirst.config.LocalHostDefinition;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What happens to a watch while nothing has to be done on the host. */
@WithJenkins
class BackgroundWatchesTest {
    private static final String SHA = "2222222222222222222222222222222222222222";

    private static JenkinsRule jenkins;
    private static GitHubChecks gitHub;

    private FreeStyleProject job;
    private FreeStyleBuild build;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        gitHub = GitHubChecks.start();
    }

    @AfterAll
    static void stop() {
        gitHub.close();
    }

    @BeforeEach
    void aBuildOfACommitWhoseCiIsPending() throws Exception {
        DeployFirstConfiguration.get().setEnvironments(List.of(environment()));
        gitHub.startAnew();
        gitHub.pending(SHA, "build");
        job = jenkins.createFreeStyleProject();
        build = jenkins.buildAndAssertSuccess(job);
    }

    @AfterEach
    void endAll() {
        running().forEach(watch -> watch.drop("the test"));
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
    }

    @Test
    void aWatchEndsWithItsBuildAndLeavesNothing() throws Exception {
        start();

        build.delete();

        assertThat(running()).isEmpty();
        assertThat(Tool.read(file())).doesNotContain("WatchState");
        assertThat(build.getRootDir()).doesNotExist();
    }

    @Test
    void aWatchEndsWithItsJob() throws Exception {
        start();

        job.delete();

        assertThat(running()).isEmpty();
        assertThat(Tool.read(file())).doesNotContain("WatchState");
    }

    @Test
    void aWatchEndsWithTheFolderOfItsJobAndJenkinsLogSaysSo() throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        build = jenkins.buildAndAssertSuccess(folder.createProject(FreeStyleProject.class, "shop"));
        start();

        try (LogRecorder log =
                new LogRecorder().record(BackgroundWatch.class, Level.WARNING).capture(10)) {
            folder.delete();

            assertThat(log.getMessages())
                    .containsExactly("The watch of " + SHA + " on preprod for " + folder.getName()
                            + "/shop#1 ended, because its job was deleted. preprod is left as it is.");
        }
        assertThat(running()).isEmpty();
    }

    @Test
    void aWatchOfAFoldersEnvironmentEndsWhenThatIsRemovedAndNotBefore() throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        folder.getProperties().replace(new FolderEnvironments(List.of(environment())));
        build = jenkins.buildAndAssertSuccess(folder.createProject(FreeStyleProject.class, "shop"));
        WatchAction action = start();

        DeployFirstConfiguration.get().setEnvironments(List.of());
        folder.save();
        assertThat(running()).hasSize(1);

        folder.getProperties().remove(FolderEnvironments.class);
        assertThat(running()).isEmpty();
        assertThat(log(action)).contains("environment preprod was removed. preprod is left as it is.");
    }

    @Test
    void aWatchEndsWhenItsJobIsMovedToWhereItsEnvironmentIsNotKnown() throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        folder.getProperties().replace(new FolderEnvironments(List.of(environment())));
        DeployFirstConfiguration.get().setEnvironments(List.of());
        job = folder.createProject(FreeStyleProject.class, "shop");
        build = jenkins.buildAndAssertSuccess(job);
        start();
        Folder inner = folder.createProject(Folder.class, "inner");

        Items.move(job, inner);
        assertThat(running()).hasSize(1);

        Items.move(job, jenkins.createProject(Folder.class));
        assertThat(running()).isEmpty();
    }

    @Test
    void readingTheConfigurationAgainEndsNothing() throws Exception {
        WatchAction action = start();

        jenkins.jenkins.reload();
        DeployFirstConfiguration.get().setEnvironments(List.of(environment()));

        assertThat(running()).hasSize(1);
        assertThat(action.isRunning()).isTrue();
        int reads = gitHub.reads(SHA);
        await().until(() -> gitHub.reads(SHA) > reads);
        gitHub.startAnew();
        await().until(() -> running().isEmpty());
        Run<?, ?> reloaded = Run.fromExternalizableId(build.getExternalizableId());
        assertThat(reloaded.getAction(DeploymentAction.class).getRecords()).hasSize(1);
    }

    @Test
    void aWatchThatWasKeptBeforeItsBuildWasIsOnThePageAllTheSame() throws Exception {
        WatchAction action = start();
        build.removeActions(WatchAction.class);
        String file = Tool.read(file());
        running().forEach(watch -> watch.drop("the test"));
        Tool.write(file(), file);

        BackgroundWatches.resume();

        assertThat(build.getAction(WatchAction.class).getUrlName()).isEqualTo(action.getUrlName());
        assertThat(build.getAction(WatchAction.class).isRunning()).isTrue();
    }

    @Test
    void anotherBuildsEndIsNotTheEndOfAWatch() throws Exception {
        start();

        jenkins.buildAndAssertSuccess(job).delete();
        jenkins.createFreeStyleProject().delete();

        assertThat(running()).hasSize(1);
    }

    @Test
    void aWatchIsKeptUnderTheNewNameOfItsJob() throws Exception {
        WatchAction action = start();

        job.renameTo("renamed");

        assertThat(Tool.read(file())).contains("<build>renamed#1</build>");
        assertThat(action.isRunning()).isTrue();
    }

    @Test
    void aWatchEndsWithItsEnvironmentAndTheBuildSaysSo() throws Exception {
        WatchAction action = start();

        DeployFirstConfiguration.get().setEnvironments(List.of());

        assertThat(running()).isEmpty();
        assertThat(onlyRecord(build).getOutcome()).isEqualTo("NO_VERDICT");
        assertThat(onlyRecord(build).getError()).isEqualTo("The watch of CI ended: environment preprod was removed.");
        assertThat(log(action)).contains("environment preprod was removed. preprod is left as it is.");
    }

    @Test
    void aCiServerThatRefusesEndsTheWatchWithTheReason() throws Exception {
        start();

        gitHub.startAnew();

        await().until(() -> running().isEmpty());
        assertThat(onlyRecord(build).getVerdict()).isEqualTo("ERROR");
        assertThat(onlyRecord(build).getError()).contains("404");
    }

    @Test
    void aBuildThatWasReadFromDiskAgainMeanwhileShowsTheResult() throws Exception {
        start();
        job.doReload();
        FreeStyleBuild reloaded = job.getLastBuild();
        assertThat(reloaded).isNotSameAs(build);
        assertThat(reloaded.getAction(WatchAction.class).isRunning()).isTrue();

        gitHub.startAnew();

        await().until(() -> running().isEmpty());
        assertThat(onlyRecord(job.getLastBuild()).getVerdict()).isEqualTo("ERROR");
    }

    @Test
    void eachWatchOfABuildHasAPageOfItsOwn() throws Exception {
        WatchAction first = start();
        WatchAction second = start(SHA.replace('2', '3'));

        assertThat(first.getUrlName()).isEqualTo("deploy-first-watch-1");
        assertThat(second.getUrlName()).isEqualTo("deploy-first-watch-2");
        assertThat(page(first)).isNotEqualTo(page(second));
    }

    @Test
    void whatABuildWatchesAlreadyIsNotWatchedTwice() throws Exception {
        WatchAction first = start();

        assertThat(start()).isSameAs(first);
        assertThat(running()).hasSize(1);
    }

    @Test
    void aWatchThatCannotBeKeptDoesNotBegin() throws Exception {
        Files.deleteIfExists(file());
        Tool.write(file().resolve("in-the-way"), "");
        try {
            assertThatThrownBy(this::start).isInstanceOf(IOException.class);

            assertThat(running()).isEmpty();
            assertThat(build.getAction(WatchAction.class)).isNull();
        } finally {
            Files.delete(file().resolve("in-the-way"));
            Files.delete(file());
        }
    }

    @Test
    void whatCannotGoOnDoesNotKeepTheOthersFromGoingOn() throws Exception {
        WatchAction action = start();
        String file = Tool.read(file());
        running().forEach(watch -> watch.drop("the test"));
        String state = "<" + WatchState.class.getName() + ">";
        Tool.write(
                file(),
                file.replace(
                        "<list>",
                        "<list>" + state + "<build>nobody#1</build>" + state.replace("<", "</") + state
                                + state.replace("<", "</") + "<no.such.Type/><string>odd</string>"));

        BackgroundWatches.resume();

        assertThat(running())
                .singleElement()
                .satisfies(watch -> assertThat(watch.isOf(build)).isTrue());
        assertThat(action.isRunning()).isTrue();
        assertThat(Tool.read(file()))
                .contains("<build>" + build.getExternalizableId())
                .doesNotContain("nobody");
    }

    @Test
    void onlyWhoMayReadTheJobSeesTheWatch() throws Exception {
        String url = build.getUrl() + start().getUrlName();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "finder", "outsider")
                .grant(Item.READ)
                .onItems(job)
                .to("reader")
                .grant(Item.DISCOVER)
                .onItems(job)
                .to("finder"));

        for (String page : List.of(url + "/", url + "/logText/progressiveText", url + "/logText/progressiveHtml")) {
            assertThat(status("reader", page)).as(page).isEqualTo(200);
            assertThat(status("outsider", page)).as(page).isEqualTo(404);
            assertThat(status("finder", page)).as(page).isEqualTo(403);
        }
    }

    @Test
    void theWatchIsInTheRestApi() throws Exception {
        start();

        assertThat(jenkins.getJSON(build.getUrl() + "api/json").getContentAsString())
                .contains("\"environment\":\"preprod\",\"running\":true,\"sha\":\"" + SHA + "\"");
    }

    private static EnvironmentDefinition environment() {
        GitHubCiDefinition ci = new GitHubCiDefinition(GitHubChecks.REPOSITORY);
        ci.setApiUrl(gitHub.url());
        ci.setInitialDelay("0");
        ci.setInterval("100ms");
        EnvironmentDefinition environment =
                new EnvironmentDefinition("preprod", new LocalHostDefinition(), "/srv/nothing");
        environment.setCi(ci);
        return environment;
    }

    private WatchAction start() throws IOException {
        return start(SHA);
    }

    private WatchAction start(String sha) throws IOException {
        return BackgroundWatches.get().start(build, WatchOrder.of("preprod", sha, "", Map.of()));
    }

    private static List<BackgroundWatch> running() {
        return BackgroundWatches.get().running(watch -> true);
    }

    private static DeploymentRecord onlyRecord(FreeStyleBuild of) {
        List<DeploymentRecord> records = of.getAction(DeploymentAction.class).getRecords();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static Path file() {
        return jenkins.jenkins.getRootDir().toPath().resolve(BackgroundWatches.class.getName() + ".xml");
    }

    private String log(WatchAction action) {
        return Tool.read(WatchAction.logFile(build, action.getUrlName()).toPath());
    }

    private String page(WatchAction action) throws Exception {
        try (WebClient browser = jenkins.createWebClient()) {
            return browser.goTo(build.getUrl() + action.getUrlName()).getUrl().getPath();
        }
    }

    private static int status(String user, String url) throws Exception {
        try (WebClient browser = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withBasicCredentials(user, user)) {
            return browser.goTo(url, null).getWebResponse().getStatusCode();
        }
    }
}
