package io.jenkins.plugins.deployfirst.builder;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvFileDefinition;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.HeaderDefinition;
import io.jenkins.plugins.deployfirst.config.JsonDefinition;
import io.jenkins.plugins.deployfirst.config.LocalHostDefinition;
import io.jenkins.plugins.deployfirst.config.TlsDefinition;
import io.jenkins.plugins.deployfirst.steps.ComposeDeployStep;
import io.jenkins.plugins.deployfirst.steps.DeployPreprodFirstStep;
import io.jenkins.plugins.deployfirst.steps.HealthGateStep;
import io.jenkins.plugins.deployfirst.testing.Builders;
import java.util.List;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms of the build steps, which are those of the Pipeline steps that they hold. */
@WithJenkins
class BuilderFormsTest {
    private static JenkinsRule jenkins;

    private FreeStyleProject job;

    @BeforeAll
    static void defineEnvironments(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Credentials.password("registry", "builder", "secret");
        EnvironmentDefinition forOthers = local("secret");
        forOthers.setJobs(List.of("team/**"));
        DeployFirstConfiguration.get().setEnvironments(List.of(local("preprod"), forOthers));
    }

    @BeforeEach
    void aJob() throws Exception {
        job = jenkins.createFreeStyleProject();
    }

    @Test
    void whatTheFormShowsIsWhatItSaves() throws Exception {
        DeployPreprodFirstStep deploy = new DeployPreprodFirstStep();
        deploy.setEnvironment("preprod");
        deploy.setSha("${SHA}");
        deploy.setTag("${TAG}");
        deploy.setRedeployRejected(true);
        DeployPreprodFirstBuilder deployment = new DeployPreprodFirstBuilder(deploy);
        deployment.setWatchCi(false);

        assertRoundTrip(deployment);
        assertRoundTrip(new ComposeDeployBuilder(compose()));
        assertRoundTrip(new HealthGateBuilder(gate()));
    }

    @Test
    void whatIsSavedIsReadAgain() throws Exception {
        job.getBuildersList().add(new ComposeDeployBuilder(compose()));
        job.getBuildersList().add(new HealthGateBuilder(gate()));
        List<Builder> before = List.copyOf(job.getBuilders());

        job.save();
        job.doReload();

        assertThat(((FreeStyleProject) jenkins.jenkins.getItem(job.getName())).getBuilders())
                .usingRecursiveComparison()
                .isEqualTo(before);
    }

    @Test
    void whatIsLeftEmptyStaysEmpty() throws Exception {
        assertRoundTrip(Builders.deploy("preprod", null));
        assertRoundTrip(new ComposeDeployBuilder(new ComposeDeployStep()));
        assertRoundTrip(new HealthGateBuilder(new HealthGateStep()));
    }

    @Test
    void aNewBuildStepWatchesCi() {
        assertThat(Builders.deploy("preprod", null).isWatchCi()).isTrue();
    }

    @Test
    void theFormSaysWhatIsWrongAndListsOnlyWhatTheJobMayUse() throws Exception {
        job.getBuildersList().add(Builders.deploy("chosen", "main"));

        try (WebClient browser = jenkins.createWebClient()) {
            HtmlPage form = browser.getPage(job, "configure");
            browser.waitForBackgroundJavaScript(20_000);

            assertThat(form.querySelectorAll(".validation-error-area .error"))
                    .extracting(DomNode::getTextContent)
                    .anySatisfy(message -> assertThat(message).contains("main"));
            assertThat(form.querySelectorAll("select[name='_.environment'] option"))
                    .extracting(option ->
                            option.getAttributes().getNamedItem("value").getNodeValue())
                    .contains("preprod", "chosen")
                    .doesNotContain("secret");
        }
    }

    @Test
    void aBuildStepNamesItsEnvironmentSoThatNoneIsDefinedInIt() throws Exception {
        job.getBuildersList().add(Builders.deploy("preprod", null));
        job.getBuildersList().add(new ComposeDeployBuilder(new ComposeDeployStep()));
        job.getBuildersList().add(new HealthGateBuilder(new HealthGateStep()));

        try (WebClient browser = jenkins.createWebClient()) {
            assertThat(browser.getPage(job, "configure").asXml())
                    .contains("Deploy it even if it was rolled back before")
                    .doesNotContain("Define the environment here");
        }
    }

    @Test
    void freestyleJobsAreOfferedTheBuildStepsAndTheirHelp() throws Exception {
        try (WebClient browser = jenkins.createWebClient()) {
            for (Class<? extends Builder> builder :
                    List.of(DeployPreprodFirstBuilder.class, ComposeDeployBuilder.class, HealthGateBuilder.class)) {
                FlowBuilderDescriptor descriptor = (FlowBuilderDescriptor) jenkins.jenkins.getDescriptorOrDie(builder);
                assertThat(descriptor.isApplicable(FreeStyleProject.class)).isTrue();
                assertThat(descriptor.getDisplayName()).startsWith("Deploy First: ");
                assertThat(help(browser, descriptor, "")).contains("<div>");
            }
            assertThat(help(browser, jenkins.jenkins.getDescriptorOrDie(DeployPreprodFirstBuilder.class), "/watchCi"))
                    .contains("<div>");
        }
    }

    private static String help(WebClient browser, hudson.model.Descriptor<?> descriptor, String field)
            throws Exception {
        return browser.goTo("descriptor/" + descriptor.getId() + "/help" + field, null)
                .getWebResponse()
                .getContentAsString();
    }

    private static ComposeDeployStep compose() {
        ComposeDeployStep compose = new ComposeDeployStep();
        compose.setEnvironment("${TARGET}");
        compose.setSha("4b825dc");
        compose.setTag("v1");
        compose.setRedeployRejected(true);
        compose.setServices(List.of("backend", "$SERVICE"));
        compose.setPull("always");
        compose.setBuild(false);
        compose.setRegistry(new DockerRegistryEndpoint("https://registry.example.com", "registry"));
        compose.setEnvFile(new EnvFileDefinition("app-env", "app.env"));
        return compose;
    }

    private static HealthGateStep gate() {
        HealthGateStep gate = new HealthGateStep();
        gate.setUrl("https://${HOST}/health");
        gate.setHeaders(List.of(new HeaderDefinition("Accept", "application/json")));
        gate.setStatus("2xx,301");
        gate.setContains(" two words ");
        gate.setMatches("^ok$");
        gate.setJson(new JsonDefinition("/commit"));
        TlsDefinition tls = new TlsDefinition();
        tls.setMinDaysValid(14);
        gate.setTls(tls);
        gate.setMaxLatency("2s");
        gate.setAttempts(7);
        gate.setInterval("2s");
        gate.setTimeout("3s");
        gate.setStartPeriod("1m");
        gate.setFailBuild(false);
        return gate;
    }

    private <T extends Builder> void assertRoundTrip(T before) throws Exception {
        assertThat(jenkins.configRoundtrip(before))
                .isNotSameAs(before)
                .usingRecursiveComparison()
                .isEqualTo(before);
    }

    private static EnvironmentDefinition local(String name) {
        return new EnvironmentDefinition(name, new LocalHostDefinition(), "/srv/app");
    }
}
