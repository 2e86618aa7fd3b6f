package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.agent.WebhookAccess;
import io.jenkins.plugins.deployfirst.ci.BuildCi;
import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.ci.RepositoryPlace;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import io.jenkins.plugins.deployfirst.engine.host.Endpoint;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;
import io.jenkins.plugins.deployfirst.engine.notify.Policy;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ResolveTest {
    private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nfirst\n-----END OPENSSH PRIVATE KEY-----\n";
    private static final String OTHER_KEY = KEY.replace("first", "second");

    private static JenkinsRule jenkins;

    private FreeStyleBuild build;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("deploy"));
    }

    @Test
    void aPrivateKeyIsTakenWithItsPassphrase() throws Exception {
        Credentials.key("key", "somebody", "pass phrase", KEY, OTHER_KEY);

        HostSettings.Ssh host = sshHost(Definitions.ssh("preprod", "deploy@example.com:2222", "key"));

        assertThat(host.endpoint()).isEqualTo(new Endpoint("deploy", "example.com", 2222));
        assertThat(host.login())
                .isEqualTo(new SshLogin.PrivateKey(
                        "key", KEY.getBytes(StandardCharsets.UTF_8), Optional.of("pass phrase")));
        assertThat(host.hostKeys()).isEqualTo(new HostKeys("", Optional.empty(), HostKeys.Policy.STRICT));
    }

    @Test
    void aKeyWithoutPassphraseHasNone() throws Exception {
        Credentials.key("key", "somebody", "", KEY);

        assertThat(sshHost(Definitions.ssh("preprod", "deploy@example.com", "key"))
                        .login())
                .isEqualTo(new SshLogin.PrivateKey("key", KEY.getBytes(StandardCharsets.UTF_8), Optional.empty()));
    }

    @Test
    void anAddressWithoutAUserTakesTheCredentials() throws Exception {
        Credentials.password("password", "robot", "s3cret");

        HostSettings.Ssh host = sshHost(Definitions.ssh("preprod", "example.com:2222", "password"));

        assertThat(host.endpoint()).isEqualTo(new Endpoint("robot", "example.com", 2222));
        assertThat(host.login()).isEqualTo(new SshLogin.Password("password", "s3cret"));
    }

    @Test
    void aJumpHostHasALoginOfItsOwn() throws Exception {
        addAll();

        HostSettings.Ssh host = sshHost(unrestricted());

        HostSettings.Ssh jump = host.jump().orElseThrow();
        assertThat(jump.endpoint()).isEqualTo(new Endpoint("gate", "bastion.example.com", 22));
        assertThat(jump.login()).isEqualTo(new SshLogin.Password("bastion-password", "s3cret"));
        assertThat(jump.hostKeys().policy()).isEqualTo(HostKeys.Policy.ACCEPT_NEW);
        assertThat(jump.maskAddress()).isFalse();
    }

    @Test
    void aMaskedAddressIsThatOfTheJumpHostToo() throws Exception {
        addAll();
        EnvironmentDefinition environment = unrestricted();
        ((SshHostDefinition) environment.getHost()).setMaskAddress(true);

        HostSettings.Ssh host = sshHost(environment);

        assertThat(host.maskAddress()).isTrue();
        assertThat(host.jump().orElseThrow().maskAddress()).isTrue();
    }

    @Test
    void tokensAndWebhooksAreTakenFromSecretTexts() throws Exception {
        addAll();

        ResolvedEnvironment environment = resolve(unrestricted());

        assertThat(environment.ci().map(BuildCi::access))
                .contains(gitHub("https://github.example.com/api/v3", "t0ken"));
        assertThat(environment.notifiers())
                .containsExactly(
                        new WebhookAccess(WebhookService.DISCORD, "https://discord.example.com/1", Policy.ALL),
                        new WebhookAccess(WebhookService.DISCORD, "https://discord.example.com/2", Policy.FAILURES),
                        new WebhookAccess(WebhookService.SLACK, "https://slack.example.com/1", Policy.DOWN),
                        new WebhookAccess(WebhookService.WEBHOOK, "https://status.example.com/1", Policy.ALL));
    }

    @Test
    void aTokenMayBeAPassword() throws Exception {
        Credentials.password("github-token", "app", "t0ken of an app");
        EnvironmentDefinition environment = Definitions.local("preprod");
        environment.setCi(Definitions.gitHub());

        assertThat(resolve(environment).ci().orElseThrow().access().token()).isEqualTo("t0ken of an app");
    }

    @Test
    void aPublicRepositoryNeedsNoToken() throws Exception {
        EnvironmentDefinition environment = Definitions.local("preprod");
        environment.setCi(new GitHubCiDefinition("owner/repo"));

        assertThat(resolve(environment).ci().map(BuildCi::access)).contains(gitHub("https://api.github.com", ""));
    }

    private static CiAccess gitHub(String apiUrl, String token) {
        return new CiAccess(new RepositoryPlace(CiService.GITHUB, apiUrl, "owner/repo"), token);
    }

    @Test
    void theUseOfACredentialIsRecorded() throws Exception {
        StandardCredentials key = Credentials.key("recorded", "somebody", "", KEY);
        assertThat(CredentialsProvider.getFingerprintOf(key)).isNull();

        resolve(Definitions.ssh("preprod", "deploy@example.com", "recorded"));

        assertThat(CredentialsProvider.getFingerprintOf(key).getJobs()).contains("deploy");
    }

    @Test
    void aMissingCredentialIsNamedWithItsFieldAndTheKindsAllowed() throws Exception {
        assertThatThrownBy(() -> resolve(Definitions.ssh("preprod", "deploy@example.com", "nothing")))
                .isInstanceOf(AbortException.class)
                .hasMessage("Environment preprod: host.ssh.credentialsId: deploy can use no credential with the id"
                        + " \"nothing\" that is of the kind \"SSH Username with private key\" or \"Username with"
                        + " password\". Add it in Manage Jenkins » Credentials, or in the credentials of the job's folder;"
                        + " its domain must include the host.");
        assertThatThrownBy(() -> resolve(Definitions.ssh("preprod", "deploy@example.com", "")))
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("Environment preprod: host.ssh.credentialsId: is empty. Choose a credential");
    }

    @Test
    void aCredentialOfAnotherKindIsRefused() throws Exception {
        Credentials.text("text", "s3cret");
        Credentials.key("github-token", "somebody", "", KEY);
        EnvironmentDefinition watched = Definitions.local("preprod");
        watched.setCi(Definitions.gitHub());

        assertThatThrownBy(() -> resolve(Definitions.ssh("preprod", "deploy@example.com", "text")))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("host.ssh.credentialsId: deploy can use no credential with the id \"text\"");
        assertThatThrownBy(() -> resolve(watched))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("ci.github.credentialsId: the credential \"github-token\" is of another kind.");
    }

    @Test
    void aWrongSettingAbortsInOneLine() {
        EnvironmentDefinition environment = Definitions.local("preprod");
        environment.setLockTimeout("soon");

        assertThatThrownBy(() -> resolve(environment))
                .isInstanceOf(AbortException.class)
                .hasMessage("Environment preprod: lockTimeout: \"soon\" is not a duration. Write a number with a unit:"
                        + " 250ms, 30s, 5m or 2h; a bare number is seconds.");
    }

    @Test
    void onlyTheJobsThatAreNamedMayUseAnEnvironment() throws Exception {
        EnvironmentDefinition environment = Definitions.local("preprod");
        environment.setJobs(List.of("team-a/**"));
        DeployFirstConfiguration.get().setEnvironments(List.of(environment, Definitions.local("staging")));
        MockFolder team = jenkins.createFolder("team-a");
        FreeStyleProject allowed = team.createProject(FreeStyleProject.class, "app");

        assertThat(DeployFirstConfiguration.get()
                        .require("preprod", allowed, false)
                        .getName())
                .isEqualTo("preprod");
        assertThatThrownBy(() -> DeployFirstConfiguration.get().require("preprod", build.getParent(), false))
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("environment: deploy may not use \"preprod\", which is restricted");
        assertThatThrownBy(() -> resolve(environment)).isInstanceOf(AbortException.class);
        assertThat(resolve(Definitions.local("staging")).environment().name()).isEqualTo("staging");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearestThatTheJobMayUse() {
        EnvironmentDefinition secret = Definitions.local("preprot");
        secret.setJobs(List.of("team-a/**"));
        DeployFirstConfiguration.get().setEnvironments(List.of(Definitions.local("preprod"), secret));

        assertThatThrownBy(() -> DeployFirstConfiguration.get().require("preprox", build.getParent(), false))
                .isInstanceOf(AbortException.class)
                .hasMessage(
                        "environment: there is no environment \"preprox\". Did you mean \"preprod\"? Environments are"
                                + " defined in Manage Jenkins » System » Deploy First, or in a folder's configuration.");
        assertThatThrownBy(() -> DeployFirstConfiguration.get().require("qa", build.getParent(), false))
                .hasMessageContaining("There are: preprod. ")
                .hasMessageNotContaining("preprot");
    }

    @Test
    void anInlineDefinitionCannotRunCommandsOnTheController() throws Exception {
        DeployFirstConfiguration configuration = DeployFirstConfiguration.get();
        EnvironmentDefinition inline = Definitions.local("inline");

        assertThat(configuration.choose(null, inline, build.getParent(), true)).isSameAs(inline);
        assertThatThrownBy(() -> configuration.choose("", inline, build.getParent(), false))
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("definition.host: local would run commands on the controller.");
        assertThatThrownBy(() -> configuration.choose(null, null, build.getParent(), false))
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("environment: is missing.");
        assertThatThrownBy(() -> configuration.choose("preprod", inline, build.getParent(), true))
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("environment: and definition are both given.");
    }

    @Test
    void noSecretIsInTheSavedConfigurationNorInWhatIsPrinted() throws Exception {
        addAll();
        DeployFirstConfiguration.get().setEnvironments(List.of(Definitions.full("preprod")));

        String saved = Files.readString(
                new File(jenkins.jenkins.getRootDir(), DeployFirstConfiguration.class.getName() + ".xml").toPath());

        assertThat(saved).contains("preprod-ssh", "github-token", "discord-webhook");
        for (String secret :
                List.of("pass phrase", "PRIVATE KEY", "s3cret", "t0ken", "discord.example.com", "slack.example.com")) {
            assertThat(saved).doesNotContain(secret);
            assertThat(resolve(unrestricted()).toString()).doesNotContain(secret);
        }
    }

    private static EnvironmentDefinition unrestricted() {
        EnvironmentDefinition environment = Definitions.full("preprod");
        environment.setJobs(List.of());
        return environment;
    }

    private static void addAll() throws Exception {
        Credentials.key("preprod-ssh", "somebody", "pass phrase", KEY);
        Credentials.password("bastion-password", "gate", "s3cret");
        Credentials.text("github-token", "t0ken");
        Credentials.text("everything", "https://discord.example.com/1");
        Credentials.text("discord-webhook", "https://discord.example.com/2\n");
        Credentials.text("slack-webhook", "https://slack.example.com/1");
        Credentials.text("status-webhook", "https://status.example.com/1");
    }

    private ResolvedEnvironment resolve(EnvironmentDefinition environment) throws AbortException {
        return environment.resolve(build);
    }

    private HostSettings.Ssh sshHost(EnvironmentDefinition environment) throws AbortException {
        return (HostSettings.Ssh) resolve(environment).environment().host();
    }
}
