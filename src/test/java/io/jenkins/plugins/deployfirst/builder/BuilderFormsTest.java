package io.jenkins.plugins.deployfirst.builder;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.LocalHostDefinition;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BuilderFormsTest {
    private static JenkinsRule jenkins;

    private FreeStyleProject job;

    @BeforeAll
    static void defineEnvironments(JenkinsRule rule) {
        jenkins = rule;
        EnvironmentDefinition forOthers = local("secret");
        forOthers.setJobs(List.of("team/**"));
        DeployFirstConfiguration.get().setEnvironments(List.of(local("preprod"), forOthers));
    }

    @BeforeEach
    void aJob() throws Exception {
        job = jenkins.createFreeStyleProject();
    }

    @AfterEach
    void everybodyMayDoEverything() {
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
    }

    @Test
    void whatTheFormShowsIsWhatItSaves() throws Exception {
        DeployPreprodFirstBuilder deploy = new DeployPreprodFirstBuilder("preprod");
        deploy.setSha("${SHA}");
        deploy.setWatchCi(false);
        deploy.setRedeployRejected(true);
        ComposeDeployBuilder compose = new ComposeDeployBuilder("${TARGET}");
        compose.setSha("4b825dc");
        compose.setRedeployRejected(true);
        HealthGateBuilder gate = new HealthGateBuilder();
        gate.setUrl("https://${HOST}/health");
        gate.setStatus("2xx,301");
        gate.setContains(" two words ");
        gate.setMatches("^ok$");
        gate.setAttempts(7);
        gate.setInterval("2s");
        gate.setTimeout("3s");
        gate.setStartPeriod("1m");

        assertRoundTrip(deploy);
        assertRoundTrip(compose);
        assertRoundTrip(gate);
    }

    @Test
    void whatIsLeftEmptyStaysEmpty() throws Exception {
        assertRoundTrip(new DeployPreprodFirstBuilder("preprod"));
        assertRoundTrip(new ComposeDeployBuilder("preprod"));
        assertRoundTrip(new HealthGateBuilder());
    }

    @Test
    void aNewBuildStepWatchesCi() {
        assertThat(new DeployPreprodFirstBuilder("preprod").isWatchCi()).isTrue();
    }

    @Test
    void onlyTheEnvironmentsThatTheJobMayUseAreListedAndWhatIsChosenStays() {
        for (Class<? extends Builder> builder : builders()) {
            assertThat(environments(builder, "chosen"))
                    .as(builder.getSimpleName())
                    .containsExactly("", "preprod", "chosen");
        }
    }

    @Test
    void whoeverMayNotConfigureTheJobIsToldNothing() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "developer")
                .grant(Item.CONFIGURE)
                .onItems(job)
                .to("developer"));

        for (Class<? extends Builder> builder : builders()) {
            try (ACLContext context = as("reader")) {
                assertThat(environments(builder, "chosen")).containsExactly("", "chosen");
                assertThat(descriptor(builder).doCheckSha(job, "main").kind).isEqualTo(FormValidation.Kind.OK);
            }
            try (ACLContext context = as("developer")) {
                assertThat(environments(builder, "")).containsExactly("", "preprod");
                assertThat(descriptor(builder).doCheckSha(job, "main").kind).isEqualTo(FormValidation.Kind.ERROR);
            }
        }
        try (ACLContext context = as("reader")) {
            assertThat(gate().doCheckUrl(job, "ftp://example.com").kind).isEqualTo(FormValidation.Kind.OK);
        }
    }

    @Test
    void commitsAndTimesAreCheckedInTheEnginesWords() {
        for (Class<? extends Builder> builder : builders()) {
            assertThat(descriptor(builder).doCheckSha(job, "main").getMessage()).contains("main");
            assertThat(descriptor(builder).doCheckSha(job, "$GIT_COMMIT").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(descriptor(builder).doCheckSha(job, "").kind).isEqualTo(FormValidation.Kind.OK);
        }
        assertThat(gate().doCheckUrl(job, "ftp://example.com").getMessage()).contains("ftp://example.com");
        assertThat(gate().doCheckUrl(job, "https://${HOST}/").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(gate().doCheckInterval(job, "soon").getMessage()).contains("interval: ");
        assertThat(gate().doCheckTimeout(job, "soon").getMessage()).contains("timeout: ");
        assertThat(gate().doCheckStartPeriod(job, "soon").getMessage()).contains("startPeriod: ");
    }

    @Test
    void theFormItselfSaysWhatIsWrong() throws Exception {
        DeployPreprodFirstBuilder deploy = new DeployPreprodFirstBuilder("preprod");
        deploy.setSha("main");
        job.getBuildersList().add(deploy);

        try (WebClient browser = jenkins.createWebClient()) {
            HtmlPage form = browser.getPage(job, "configure");
            browser.waitForBackgroundJavaScript(20_000);

            assertThat(form.querySelectorAll(".validation-error-area .error"))
                    .extracting(DomNode::getTextContent)
                    .anySatisfy(message -> assertThat(message).contains("main"));
        }
    }

    @Test
    void everyFieldHasHelp() throws Exception {
        try (WebClient browser = jenkins.createWebClient()) {
            for (Class<? extends Builder> builder : builders()) {
                String help = "descriptor/" + descriptor(builder).getId() + "/help";
                assertThat(text(browser, help)).as(help).contains("<div>");
                assertThat(fields(builder)).isNotEmpty();
                for (String field : fields(builder)) {
                    assertThat(text(browser, help + "/" + field))
                            .as("help of %s of %s", field, builder.getSimpleName())
                            .contains("<div>");
                }
            }
        }
    }

    @Test
    void freestyleJobsAreOfferedTheBuildSteps() {
        for (Class<? extends Builder> builder : builders()) {
            assertThat(descriptor(builder).isApplicable(FreeStyleProject.class)).isTrue();
            assertThat(descriptor(builder).getDisplayName()).startsWith("Deploy First: ");
        }
    }

    private <T extends Builder> void assertRoundTrip(T before) throws Exception {
        assertThat(jenkins.configRoundtrip(before))
                .isNotSameAs(before)
                .usingRecursiveComparison()
                .isEqualTo(before);
    }

    private String text(WebClient browser, String url) throws Exception {
        return browser.goTo(url, null).getWebResponse().getContentAsString();
    }

    private static List<String> fields(Class<?> builder) {
        return Stream.of(builder.getMethods())
                .filter(method -> FlowBuilder.class.isAssignableFrom(method.getDeclaringClass()))
                .map(Method::getName)
                .filter(name -> name.matches("(get|is)[A-Z].*"))
                .map(name -> name.replaceFirst("get|is", ""))
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .toList();
    }

    private static List<Class<? extends Builder>> builders() {
        return List.of(DeployPreprodFirstBuilder.class, ComposeDeployBuilder.class, HealthGateBuilder.class);
    }

    private static FlowBuilderDescriptor descriptor(Class<? extends Builder> builder) {
        return (FlowBuilderDescriptor) jenkins.jenkins.getDescriptorOrDie(builder);
    }

    private static HealthGateBuilder.DescriptorImpl gate() {
        return (HealthGateBuilder.DescriptorImpl) descriptor(HealthGateBuilder.class);
    }

    private List<String> environments(Class<? extends Builder> builder, String chosen) {
        return descriptor(builder).doFillEnvironmentItems(job, chosen).stream()
                .map(option -> option.value)
                .toList();
    }

    private static EnvironmentDefinition local(String name) {
        return new EnvironmentDefinition(name, new LocalHostDefinition(), "/srv/app");
    }

    private static ACLContext as(String user) {
        return ACL.as2(User.getById(user, true).impersonate2());
    }
}
