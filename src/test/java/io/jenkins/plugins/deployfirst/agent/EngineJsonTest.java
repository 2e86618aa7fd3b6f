package io.jenkins.plugins.deployfirst.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.ci.BuildCi;
import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.ci.OwnChecks;
import io.jenkins.plugins.deployfirst.ci.RepositoryPlace;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.FreezeWindows;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.MigrateSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.SecretSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.ValidatedResult;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.hook.HookSettings;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineJsonTest {
    private static final String SECRET = "hush-hush";
    private static final String SHA = "0123456789012345678901234567890123456789";

    @Test
    void anEnvironmentArrivesAsItWasSent() {
        Environment sent = environment().environment();

        assertThat(thereAndBack(sent, Environment.class)).isEqualTo(sent);
    }

    @Test
    void anEnvironmentOnTheMachineItselfArrivesAsItWasSent() {
        Environment sent = environment(new HostSettings.Local(), Optional.empty(), HealthSettings.NONE);

        assertThat(thereAndBack(sent, Environment.class)).isEqualTo(sent);
    }

    @Test
    void everyRequestArrivesAsItWasSent() {
        Check check = new Check("run/1", "build", Check.State.FAILED, "failure", "https://ci.example.com/1");
        CiResult ci = new CiResult(Verdict.FAILURE, List.of(check), "build failed");
        List<FlowRequest> requests = List.of(
                new FlowRequest.Deploy(SHA, "v1", true),
                new FlowRequest.Promote(environment().environment(), SHA, "DEPLOY", "the site is down", true),
                new FlowRequest.Promote(environment().environment(), SHA, "DEPLOY", "", false)
                        .found(new FlowOutcome(
                                Outcome.DONE,
                                new ValidatedResult("preprod", SHA, "v1", List.of("shop@sha256:1")).toMap(),
                                "")),
                new FlowRequest.Validated(SHA),
                new FlowRequest.Rollback(""),
                new FlowRequest.Settle(SHA, ci, Instant.parse("2025-01-02T03:04:05.678901Z"), true),
                new FlowRequest.Health(),
                new FlowRequest.Resolve("2222222"),
                new FlowRequest.Status());

        assertThat(requests).allSatisfy(request -> {
            Job sent = flow(request, "somebody", "https://jenkins.example.com/job/a/1/");
            assertThat(thereAndBack(sent, Job.class)).isEqualTo(sent);
        });
    }

    @Test
    void aPromotionTakesNoSecretOfItsSourceAlongAndNoLoginWhenItIsNotNeeded() {
        FlowRequest.Promote request = new FlowRequest.Promote(environment().environment(), SHA, "DEPLOY", "", false);

        assertThat(request.from().secrets()).isEqualTo(SecretSettings.NONE);
        assertThat(request.found(
                                new FlowOutcome(Outcome.DONE, new ValidatedResult("a", SHA, "", List.of()).toMap(), ""))
                        .from()
                        .host())
                .isEqualTo(new HostSettings.Local());
    }

    @Test
    void anInspectionArrivesAsItWasSent() {
        Job sent = new InspectJob(environment().environment());

        assertThat(thereAndBack(sent, Job.class)).isEqualTo(sent);
    }

    @Test
    void aGateArrivesAsItWasSent() {
        Job sent = new GateJob(check(), GateTiming.DEFAULTS);

        assertThat(thereAndBack(sent, Job.class)).isEqualTo(sent);
    }

    @Test
    void aCallOfADeployHookArrivesAsItWasSent() {
        assertThat(thereAndBack(hook(), Job.class)).isEqualTo(hook());
    }

    @Test
    void aMessageArrivesAsItWasSent() {
        Job sent = new NotifyJob(environment().notifiers(), message());

        assertThat(thereAndBack(sent, Job.class)).isEqualTo(sent);
    }

    @Test
    void aCheckThatTheHostAsksArrivesAsItWasSent() {
        HttpCheck open = new HttpCheck(
                URI.create("http://localhost:8080/"), Map.of(), "200", "", "", "", "", 0, Duration.ofSeconds(5));
        HealthSettings health =
                new HealthSettings(Optional.of(open), true, List.of(), Optional.empty(), GateTiming.DEFAULTS);
        Environment sent = environment(new HostSettings.Local(), Optional.empty(), health);

        assertThat(thereAndBack(sent, Environment.class)).isEqualTo(sent);
    }

    @Test
    void noSecretShowsInText() {
        ResolvedEnvironment environment = environment();

        assertThat(environment.toString()).doesNotContain(SECRET);
        assertThat(environment.ci().toString()).doesNotContain(SECRET);
        assertThat(environment.notifiers().toString()).doesNotContain(SECRET);
        assertThat(flow(new FlowRequest.Status(), "", "").toString()).doesNotContain(SECRET);
        assertThat(new FlowRequest.Promote(environment.environment(), "", "", "", false).toString())
                .doesNotContain(SECRET);
        assertThat(new GateJob(check(), GateTiming.DEFAULTS).toString()).doesNotContain(SECRET);
        assertThat(new NotifyJob(environment.notifiers(), message()).toString()).doesNotContain(SECRET);
        assertThat(hook().toString()).doesNotContain(SECRET);
    }

    private static Job flow(FlowRequest request, String by, String buildUrl) {
        return new FlowJob(environment().environment(), environment().notifiers(), request, by, buildUrl);
    }

    private static Job hook() {
        HookSettings settings = new HookSettings(
                URI.create("https://hooks.example.com/" + SECRET),
                "PUT",
                Map.of("X-Token", SECRET),
                SECRET,
                2,
                Duration.ofSeconds(7));
        return new HookJob(settings, Optional.of(check()), GateTiming.DEFAULTS);
    }

    private static Message message() {
        return new Message(
                Message.Kind.ROLLED_BACK,
                "preprod",
                SHA,
                "Ada",
                "Say something",
                "It was taken back.",
                "Mend it.",
                "https://preprod.example.com/",
                List.of(new Message.Link("build", "https://ci.example.com/1")));
    }

    private static <T> T thereAndBack(T value, Class<T> type) {
        return EngineJson.read(EngineJson.write(value, type), type);
    }

    private static ResolvedEnvironment environment() {
        HostSettings.Ssh jump = new HostSettings.Ssh(
                new Endpoint("jump", "gate.example.com", 22),
                new SshLogin.Password("gate-login", SECRET),
                new HostKeys("", Optional.of(Path.of("/var/lib/known_hosts")), HostKeys.Policy.ACCEPT_NEW),
                Optional.empty());
        HostSettings.Ssh host = new HostSettings.Ssh(
                new Endpoint("deploy", "preprod.example.com", 2222),
                new SshLogin.PrivateKey("preprod-ssh", SECRET.getBytes(StandardCharsets.UTF_8), Optional.of(SECRET)),
                new HostKeys("preprod.example.com ssh-ed25519 AAAA", Optional.empty(), HostKeys.Policy.STRICT),
                Optional.of(jump),
                true);
        HealthSettings health = new HealthSettings(
                Optional.of(check()), false, List.of("backend"), Optional.of("true"), GateTiming.DEFAULTS);
        MigrateSettings migrate =
                new MigrateSettings("backend", "alembic upgrade head", Optional.of("alembic downgrade"));
        return new ResolvedEnvironment(
                environment(host, Optional.of(migrate), health),
                Optional.of(new BuildCi(
                        new CiAccess(
                                new RepositoryPlace(CiService.GITHUB, "https://api.github.com", "owner/repo"), SECRET),
                        new OwnChecks("https://jenkins.example.com/job/a/", "a"))),
                List.of(new WebhookAccess(
                        WebhookService.SLACK, "https://discord.example.com/" + SECRET, Policy.FAILURES)));
    }

    private static Environment environment(
            HostSettings host, Optional<MigrateSettings> migrate, HealthSettings health) {
        Environment environment = new Environment(
                "preprod",
                host,
                "/srv/app",
                new ComposeSettings(List.of("docker-compose.yml"), Optional.of("app"), ComposeSettings.Action.UP),
                migrate,
                health,
                CiRules.DEFAULTS,
                Optional.of("/var/app-state/last-validated-sha.txt"),
                Duration.ofMinutes(10),
                Duration.ofMillis(1500),
                "origin");
        return environment.with(new PromotionSettings(
                Optional.of("./backup.sh"),
                new FreezeWindows(List.of(FreezeWindows.Window.of(List.of("fri"), "16:00", "23:59", "Europe/Paris")))));
    }

    private static HttpCheck check() {
        return new HttpCheck(
                URI.create("https://user:" + SECRET + "@preprod.example.com/status?token=" + SECRET),
                Map.of("X-Token", SECRET),
                "2xx",
                "Welcome",
                "Wel.*",
                "/ok",
                "true",
                14,
                Duration.ofSeconds(2));
    }
}
