package io.jenkins.plugins.deployfirst.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.User;
import hudson.model.queue.Tasks;
import hudson.plugins.git.util.BuildData;
import hudson.scm.NullSCM;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.deployfirst.action.Records;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import io.jenkins.plugins.deployfirst.engine.ci.CiReadException;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.impl.SingleSCMSource;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockBuilder;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** What the builds of other jobs of this Jenkins say about a commit, and to whom. */
@WithJenkins
class JenkinsBuildsTest {
    private static final String SHA = "2222222222222222222222222222222222222222";
    private static final String OTHER = "3333333333333333333333333333333333333333";

    private static JenkinsRule jenkins;

    private MockFolder team;
    private FreeStyleProject ci;
    private FreeStyleBuild watching;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void aTeamWithJobs() throws Exception {
        SharedJenkins.startAnew(jenkins);
        team = jenkins.createFolder("team");
        ci = job("ci");
        watching = jenkins.buildAndAssertSuccess(team.createProject(FreeStyleProject.class, "deploy"));
    }

    @AfterEach
    void buildsRunAsTheSystemAgain() throws IOException {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        jenkins.jenkins.setQuietPeriod(0);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, SUCCEEDED, success",
        "UNSTABLE, FAILED, unstable",
        "FAILURE, FAILED, failure",
        "ABORTED, FAILED, aborted",
        "NOT_BUILT, NEUTRAL, not_built",
    })
    void everyResultHasAMeaning(String result, State state, String conclusion) throws Exception {
        FreeStyleBuild build = build(ci, Result.fromString(result), SHA);

        assertThat(read("ci"))
                .containsExactly(new Check(
                        "team/ci#1",
                        "team/ci",
                        state,
                        conclusion,
                        jenkins.getURL().toString() + build.getUrl()));
    }

    @Test
    void theLatestBuildOfTheCommitCounts() throws Exception {
        build(ci, Result.FAILURE, SHA);
        build(ci, Result.SUCCESS, SHA);
        build(ci, Result.FAILURE, OTHER);

        assertThat(read("ci"))
                .extracting(Check::key, Check::state)
                .containsExactly(tuple("team/ci#2", State.SUCCEEDED));
    }

    @Test
    void aCommitThatNoBuildIsAboutHasNoCheck() throws Exception {
        build(ci, Result.SUCCESS, OTHER);
        jenkins.buildAndAssertSuccess(job("without parameters"));

        assertThat(read("ci")).isEmpty();
    }

    @Test
    void whatIsQueuedForTheCommitIsPending() throws Exception {
        build(ci, Result.SUCCESS, SHA);
        ci.scheduleBuild2(3600, parameter("SHA", SHA));

        assertThat(read("ci"))
                .extracting(Check::key, Check::state, Check::conclusion)
                .containsExactly(tuple("team/ci#queued", State.PENDING, "queued"));
        jenkins.jenkins.getQueue().clear();
        assertThat(read("ci")).extracting(Check::state).containsExactly(State.SUCCEEDED);
    }

    @Test
    void aParameterOfAnotherNameTellsWhereItIsNamed() throws Exception {
        jenkins.assertBuildStatusSuccess(ci.scheduleBuild2(0, parameter("REVISION", SHA.toUpperCase())));

        assertThat(read("ci")).isEmpty();
        assertThat(read(placeOf(watching, "ci", "REVISION", false))).hasSize(1);
        assertThat(BuildCommits.possible(ci.getLastBuild())).containsExactly(SHA);
    }

    @Test
    void anAbbreviationNamesNoCommit() throws Exception {
        build(ci, Result.SUCCESS, SHA.substring(0, 12));

        assertThat(read("ci")).isEmpty();
    }

    @Test
    void aPipelineMaySayInAVariableWhatItBuilds() throws Exception {
        WorkflowJob pipeline = team.createProject(WorkflowJob.class, "pipeline");
        pipeline.setDefinition(new CpsFlowDefinition("env.GIT_COMMIT = '" + SHA + "'\necho 'built'", true));
        jenkins.buildAndAssertSuccess(pipeline);

        assertThat(read("pipeline")).extracting(Check::state).containsExactly(State.SUCCEEDED);
        assertThat(BuildCommits.possible(pipeline.getLastBuild())).containsExactly(SHA);
    }

    @Test
    void aBranchProjectSaysWhatItsBuildIsAboutBeforeItChecksAnythingOut() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(ci);
        build.addAction(revision(SHA));
        FreeStyleProject merges = job("merges");
        jenkins.buildAndAssertSuccess(merges).addAction(revision(SHA + "+" + OTHER));

        assertThat(read("ci")).extracting(Check::key).containsExactly("team/ci#1");
        assertThat(read("merges")).isEmpty();
    }

    @Test
    void whatGitHasCheckedOutCountsAndForAMergeAlsoTheCommitThatWasMerged() throws Exception {
        jenkins.buildAndAssertSuccess(ci).addAction(new BuildData(SHA, SHA));
        FreeStyleProject merges = job("merges");
        jenkins.buildAndAssertSuccess(merges).addAction(new BuildData(OTHER, SHA));
        FreeStyleProject others = job("others");
        jenkins.buildAndAssertSuccess(others).addAction(new BuildData(OTHER, OTHER));

        assertThat(read("ci")).hasSize(1);
        assertThat(read("merges")).hasSize(1);
        assertThat(read("others")).isEmpty();
    }

    @Test
    void ofAFolderEveryJobCounts() throws Exception {
        MockFolder inner = team.createProject(MockFolder.class, "inner");
        build(ci, Result.SUCCESS, SHA);
        build(inner.createProject(FreeStyleProject.class, "lint"), Result.FAILURE, SHA);
        build(jenkins.createFreeStyleProject("elsewhere"), Result.FAILURE, SHA);

        assertThat(read("/team"))
                .extracting(Check::name, Check::state)
                .containsExactlyInAnyOrder(tuple("team/ci", State.SUCCEEDED), tuple("team/inner/lint", State.FAILED));
    }

    @Test
    void ofAFolderABuildThatWatchesTheCommitItselfDoesNotCount() throws Exception {
        build(ci, Result.SUCCESS, SHA);
        FreeStyleBuild alike = build(job("deploy-too"), Result.FAILURE, SHA);
        assertThat(read("/team")).hasSize(2);

        Records.watch(alike, "preprod", Optional.empty(), OTHER, "");
        assertThat(read("/team")).hasSize(2);
        Records.watch(alike, "preprod", Optional.empty(), SHA, "");

        assertThat(read("/team")).extracting(Check::name).containsExactly("team/ci");
        assertThat(read("deploy-too")).hasSize(1);
    }

    @Test
    void theJobThatWatchesNeverCountsThoughItIsInTheFolder() throws Exception {
        watching = build(watching.getParent(), Result.SUCCESS, SHA);
        build(ci, Result.SUCCESS, SHA);
        CiServer all = placeOf(watching, "/team", null, true).open(null, Optional::empty);

        BuildCi seen = BuildCi.of(watching, new CiAccess(placeOf(watching, "/team", null, true), ""));

        assertThat(all.read(SHA).join().checks()).hasSize(2);
        assertThat(seen.open(null).read(SHA).join().checks())
                .extracting(Check::name)
                .containsExactly("team/ci");
    }

    @ParameterizedTest
    @CsvSource({"deploy", "team/deploy", "/team/deploy", "../team/deploy"})
    void theJobThatWatchesCannotBeItsOwnCi(String name) {
        assertThatThrownBy(() -> placeOf(watching, name, null, true))
                .isInstanceOf(DeployFirstException.class)
                .hasMessage("ci.jenkins.job: \"" + name + "\" is the job that deploys and watches. Name the job that"
                        + " runs the tests.");
    }

    @Test
    void aFailureIsExplainedByTheEndOfItsLogWithoutItsSecrets() throws Exception {
        WorkflowJob pipeline = team.createProject(WorkflowJob.class, "pipeline");
        pipeline.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("SHA", SHA),
                new PasswordParameterDefinition("PASSWORD", Secret.fromString("hunter2"), "")));
        pipeline.setDefinition(new CpsFlowDefinition(
                "for (int i = 0; i < 40; i++) { echo \"line $i\" }\necho \"the password is $PASSWORD\"\nerror 'red'",
                true));
        Pipelines.log(Result.FAILURE, pipeline.scheduleBuild2(0).get());

        List<FailureDetail> details = explain("pipeline", "team/pipeline#1");

        assertThat(details).hasSize(1);
        assertThat(details.get(0).key()).isEqualTo("team/pipeline#1");
        assertThat(details.get(0).log())
                .hasSize(30)
                .contains("line 39", "the password is ****", "ERROR: red", "Finished: FAILURE")
                .doesNotContain("line 1")
                .noneMatch(line -> line.contains("hunter2") || line.startsWith("[Pipeline]"));
    }

    /** An agent may ask, and names the check. */
    @Test
    void onlyBuildsOfTheJobsThatAreWatchedAreExplained() throws Exception {
        build(ci, Result.FAILURE, SHA);
        build(job("secret"), Result.FAILURE, SHA);

        assertThat(explain("ci", "team/ci#1")).hasSize(1);
        assertThat(explain("ci", "team/secret#1")).isEmpty();
        assertThat(explain("ci", "team/ci#99")).isEmpty();
        assertThat(explain("ci", "team/ci#queued")).isEmpty();
        assertThat(explain("ci", "nonsense")).isEmpty();
    }

    @Test
    void aJobThatIsNotThereEndsTheWatchWithTheReason() {
        assertThat(refusal(placeOf(watching, "cii", null, true)))
                .isEqualTo("ci.jenkins.job: there is no job, folder or multibranch project \"cii\" that SYSTEM, as whom"
                        + " the build runs, may read. Correct the name, or let SYSTEM read it.");
    }

    @Test
    void aBuildThatRunsAsTheSystemReachesNoOtherFolder() throws Exception {
        FreeStyleProject other = jenkins.createFolder("other").createProject(FreeStyleProject.class, "secret");
        build(other, Result.FAILURE, SHA);
        build(ci, Result.FAILURE, SHA);

        assertThat(read("ci")).hasSize(1);
        JenkinsPlace reaching = placeOf(watching, "other/secret", null, false);
        assertThat(refusal(reaching))
                .isEqualTo("ci.jenkins.job: there is no job, folder or multibranch project \"other/secret\" in team."
                        + " Correct the name; for a job of another folder, have an administrator define the environment"
                        + " in Manage Jenkins » System, or have builds run as a user (Manage Jenkins » Security).");
        assertThat(reaching.open(null, Optional::empty).pageOf(SHA)).isEmpty();
        assertThat(reaching.open(null, Optional::empty)
                        .explain(List.of(new Check("other/secret#1", "x", State.FAILED, "failure", "")))
                        .join())
                .isEmpty();
        assertThat(read(placeOf(watching, "other/secret", null, true))).hasSize(1);
    }

    @Test
    void aBuildThatRunsAsSomebodyReachesWhatThatPersonMayRead() throws Exception {
        FreeStyleProject shared = jenkins.createFolder("other").createProject(FreeStyleProject.class, "shared");
        FreeStyleProject secret =
                ((MockFolder) (ItemGroup<?>) shared.getParent()).createProject(FreeStyleProject.class, "secret");
        build(shared, Result.SUCCESS, SHA);
        build(secret, Result.FAILURE, SHA);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("ada")
                .grant(Item.READ)
                .onItems(team, shared, (Item) shared.getParent())
                .to("ada")
                .grant(Item.DISCOVER)
                .onItems(secret)
                .to("ada"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                watching.getParent().getFullName(),
                                User.getById("ada", true).impersonate2()));

        assertThat(read("/other/shared")).hasSize(1);
        assertThat(read("/other")).extracting(Check::name).containsExactly("other/shared");
        assertThat(refusal(placeOf(watching, "/other/secret", null, false)))
                .contains("\"/other/secret\" that ada, as whom the build runs, may read.");
        assertThat(refusal(placeOf(watching, "/other/secret", null, true))).contains("may read");
    }

    @Test
    void thePageOfACommitIsThatOfTheJob() {
        CiServer server = place("ci").open(null, Optional::empty);

        assertThat(server.describe()).isEqualTo("Jenkins ci");
        assertThat(server.look().join()).isEqualTo("Jenkins ci: 1 job.");
        assertThat(server.pageOf(SHA)).endsWith("/job/team/job/ci/");
    }

    @Test
    void placesAreEqualForJobsOfOneFolderThatReadAsTheSame() throws Exception {
        FreeStyleBuild neighbour = jenkins.buildAndAssertSuccess(job("neighbour"));
        FreeStyleBuild outsider = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());

        assertThat(placeOf(neighbour, "ci", null, false)).isEqualTo(place("ci"));
        assertThat(placeOf(outsider, "ci", null, false)).isNotEqualTo(place("ci"));
        assertThat(place("ci").reader()).isEqualTo(ACL.SYSTEM2);
    }

    private FreeStyleProject job(String name) throws Exception {
        return team.createProject(FreeStyleProject.class, name);
    }

    private static FreeStyleBuild build(FreeStyleProject job, Result result, String sha) throws Exception {
        job.getBuildersList().replaceBy(Collections.singleton(new MockBuilder(result)));
        return jenkins.assertBuildStatus(
                result,
                job.scheduleBuild2(0, new Cause.UserIdCause(), parameter("SHA", sha))
                        .get());
    }

    private static ParametersAction parameter(String name, String value) {
        return new ParametersAction(List.of(new StringParameterValue(name, value)), List.of(name));
    }

    private static SCMRevisionAction revision(String text) {
        return new SCMRevisionAction(new SingleSCMSource("source", new NullSCM()), new Stated(text));
    }

    private JenkinsPlace place(String job) {
        return placeOf(watching, job, null, false);
    }

    private static JenkinsPlace placeOf(FreeStyleBuild watching, String job, String parameter, boolean admin) {
        Authentication reader = Tasks.getAuthenticationOf2(watching.getParent());
        return JenkinsPlace.of(watching.getParent(), reader, job, parameter, admin);
    }

    private List<Check> read(String job) {
        return read(placeOf(watching, job, null, job.equals("/team")));
    }

    private static List<Check> read(JenkinsPlace place) {
        return place.open(null, Optional::empty).read(SHA).join().checks();
    }

    private List<FailureDetail> explain(String job, String key) {
        Check failed = new Check(key, "x", State.FAILED, "failure", "");
        return place(job).open(null, Optional::empty).explain(List.of(failed)).join();
    }

    private static String refusal(JenkinsPlace place) {
        try {
            read(place);
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(CiReadException.class);
            assertThat(((CiReadException) e.getCause()).isPermanent()).isTrue();
            return e.getCause().getMessage();
        }
        throw new AssertionError("the read succeeded");
    }

    /** A revision of a source control that calls it like this. */
    private static final class Stated extends SCMRevision {
        private static final long serialVersionUID = 1L;

        private final String text;

        Stated(String text) {
            super(new SCMHead("main"));
            this.text = text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Stated same && same.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @NonNull
        @Override
        public String toString() {
            return text;
        }
    }
}
