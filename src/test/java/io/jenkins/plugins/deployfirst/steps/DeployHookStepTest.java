package io.jenkins.plugins.deployfirst.steps;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.lines;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import hudson.model.Fingerprint;
import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in sandboxed pipelines, and a platform that deploys when its hook is called. */
@WithJenkins
class DeployHookStepTest {
    private static final String SECRET = "HookSecretOfTheTests";
    private static final String HOOK = "/deploy/" + SECRET;
    private static final String SHA = "0123456789012345678901234567890123456789";

    @RegisterExtension
    static final WireMockExtension PLATFORM = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private static JenkinsRule jenkins;
    private static Pipelines pipelines;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        pipelines = new Pipelines(rule);
        Credentials.text("hook", PLATFORM.baseUrl() + HOOK);
        Credentials.text("open-hook", "http://hooks.example.com" + HOOK);
    }

    @Test
    void scriptedPipelinesWaitUntilTheNewVersionAnswers() throws Exception {
        deploysAfterAFailure();

        WorkflowRun build = pipelines.run("""
                def secretly = ['Body', 'OfTheTests'].join('')
                def done = deployHook credentialsId: 'hook', body: secretly, headers: [[name: 'X-Tag', value: 'latest']],
                    health: [url: '%s', json: [pointer: '/commit', equals: '%s'], startPeriod: '1m']
                echo "status ${done.status} after ${done.requests}, healthy ${done.healthy}, ${done.attempts[-1].status}"
                """.formatted(PLATFORM.url("/version"), SHA));

        String log = log(Result.SUCCESS, build);
        assertThat(log)
                .contains("status 200 after 2, healthy true, 200")
                .contains("warning: The deploy hook did not take it (HTTP 500); trying again in ")
                .doesNotContain(SECRET, "BodyOfTheTests");
        assertThat(Files.readString(build.getRootDir().toPath().resolve("build.xml")))
                .doesNotContain(SECRET, "BodyOfTheTests");
        PLATFORM.verify(
                2,
                postRequestedFor(urlPathEqualTo(HOOK))
                        .withHeader("X-Tag", equalTo("latest"))
                        .withRequestBody(equalTo("BodyOfTheTests")));
        Fingerprint use = CredentialsProvider.getFingerprintOf(
                CredentialsProvider.findCredentialById("hook", StandardCredentials.class, build));
        assertThat(use).isNotNull();
        assertThat(use.getRangeSet(build.getParent().getFullName()).includes(build.getNumber()))
                .isTrue();
    }

    @Test
    void declarativePipelinesCallTheHookFromAnAgent() throws Exception {
        jenkins.createOnlineSlave(Label.get("caller"));
        deploysAfterAFailure();

        WorkflowRun build = pipelines.declarative("{ label 'caller' }", """
                deployHook credentialsId: 'hook', health: [url: '%s', contains: '%s', startPeriod: '1m']
                """.formatted(PLATFORM.url("/version"), SHA));

        assertThat(log(Result.SUCCESS, build))
                .contains("Running on ")
                .contains("The deploy hook took it: HTTP 200.")
                .doesNotContain(SECRET);
    }

    @Test
    void withoutAHealthCheckTheStepEndsWhenTheHookTookIt() throws Exception {
        PLATFORM.stubFor(post(HOOK).willReturn(aResponse().withStatus(202)));

        WorkflowRun build = pipelines.run("echo \"answered ${deployHook('hook')}\"");

        assertThat(log(Result.SUCCESS, build)).contains("answered [status:202, requests:1]");
    }

    @Test
    void aVersionThatDoesNotComeFailsTheBuild() throws Exception {
        PLATFORM.stubFor(post(HOOK).willReturn(aResponse().withStatus(200)));
        PLATFORM.stubFor(get("/version").willReturn(aResponse().withBody("the old one")));

        WorkflowRun build = pipelines.run("""
                deployHook credentialsId: 'hook',
                    health: [url: '%s', contains: '%s', startPeriod: '0', attempts: 2, interval: '10ms']
                """.formatted(PLATFORM.url("/version"), SHA));

        String log = log(Result.FAILURE, build);
        assertThat(lines(log, "ERROR: "))
                .singleElement()
                .asString()
                .startsWith("ERROR: The deploy hook took it, but the new version does not answer: ");
        assertThat(log).doesNotContain(SECRET, "the old version passes");
    }

    @Test
    void aCheckThatTheOldVersionPassesTooIsWarnedOf() throws Exception {
        PLATFORM.stubFor(post(HOOK).willReturn(aResponse().withStatus(200)));
        PLATFORM.stubFor(get("/version").willReturn(aResponse().withStatus(200)));

        WorkflowRun build =
                pipelines.run("deployHook credentialsId: 'hook', health: [url: '" + PLATFORM.url("/version") + "']");

        assertThat(log(Result.SUCCESS, build)).contains("warning: the old version passes the health check too;");
    }

    @Test
    void aRefusalIsToldInOneLineWithoutTheSecret() throws Exception {
        PLATFORM.stubFor(post(HOOK).willReturn(aResponse().withStatus(404).withBody(SECRET)));

        WorkflowRun build = pipelines.run("deployHook credentialsId: 'hook'");

        String log = log(Result.FAILURE, build);
        assertThat(lines(log, "ERROR: "))
                .containsExactly(
                        "ERROR: The deploy hook refused it: HTTP 404. Is the hook still there? Create a new one and"
                                + " store its address in the credential.");
        assertThat(log).doesNotContain(SECRET, "\tat ");
        PLATFORM.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void mistakesAreToldInOneLineWithTheRemedy() throws Exception {
        Map<String, String> mistakes = new LinkedHashMap<>();
        mistakes.put("credentialsId: ''", "credentialsId: is empty. Choose a credential of the kind \"Secret text\".");
        mistakes.put("credentialsId: 'none'", "credentialsId: ");
        mistakes.put("credentialsId: 'open-hook'", "The deploy hook's address is not an https URL.");
        mistakes.put("credentialsId: 'hook', method: 'DELETE'", "method: \"DELETE\" is not allowed.");
        mistakes.put("credentialsId: 'hook', method: 'GET', body: 'x'", "body: a GET request has none.");
        mistakes.put("credentialsId: 'hook', retries: 11", "retries: 11 is not between 0 and 10.");
        mistakes.put("credentialsId: 'hook', timeout: 'soon'", "timeout: \"soon\" is not a duration.");
        mistakes.put("credentialsId: 'hook', timeout: '0'", "timeout: is not more than zero.");
        mistakes.put(
                "credentialsId: 'hook', headers: [[name: 'Host', value: 'x']]", "headers: \"Host\" cannot be sent");
        mistakes.put("credentialsId: 'hook', health: [command: 'true']", "health: from, containers and command need a");
        mistakes.put("credentialsId: 'hook', health: [attempts: 2]", "health.url: is missing.");

        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            String log = log(Result.FAILURE, pipelines.run("deployHook " + mistake.getKey()));
            assertThat(lines(log, "ERROR: "))
                    .as(mistake.getKey())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR: " + mistake.getValue());
            assertThat(log).as(mistake.getKey()).doesNotContain(SECRET);
        }
        PLATFORM.verify(0, anyRequestedFor(anyUrl()));
    }

    /** The hook fails once, then it is taken; the new version answers from the third question on. */
    private static void deploysAfterAFailure() {
        PLATFORM.stubFor(post(HOOK)
                .inScenario("hook")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("mended")
                .willReturn(aResponse().withStatus(500).withBody(SECRET)));
        PLATFORM.stubFor(post(HOOK)
                .inScenario("hook")
                .whenScenarioStateIs("mended")
                .willReturn(aResponse().withStatus(200).withBody(SECRET)));
        version(Scenario.STARTED, "starting", "{\"commit\":\"old\"}");
        version("starting", "started", "{\"commit\":\"old\"}");
        version("started", "started", "{\"commit\":\"" + SHA + "\"}");
    }

    private static void version(String state, String next, String body) {
        PLATFORM.stubFor(get("/version")
                .inScenario("version")
                .whenScenarioStateIs(state)
                .willSetStateTo(next)
                .willReturn(aResponse().withBody(body)));
    }
}
