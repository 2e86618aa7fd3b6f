package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Checks what people type into the forms of the configuration. */
@WithJenkins
class FormChecksTest {
    private static final String OK = "";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
    }

    @Test
    void fieldsAreCheckedInTheEnginesWords() {
        var environment = ExtensionList.lookupSingleton(EnvironmentDefinition.DescriptorImpl.class);
        var compose = ExtensionList.lookupSingleton(ComposeDefinition.DescriptorImpl.class);
        var preflight = ExtensionList.lookupSingleton(PreflightDefinition.DescriptorImpl.class);
        var image = ExtensionList.lookupSingleton(ImageTagDefinition.DescriptorImpl.class);
        var rolling = ExtensionList.lookupSingleton(RollingDefinition.DescriptorImpl.class);
        var freeze = ExtensionList.lookupSingleton(FreezeDefinition.DescriptorImpl.class);
        var migrate = ExtensionList.lookupSingleton(MigrateDefinition.DescriptorImpl.class);
        Map<FormValidation, String> answers = new IdentityHashMap<>();
        answers.put(environment.doCheckName(null, " preprod "), OK);
        answers.put(environment.doCheckName(null, "pre prod"), "name: \"pre prod\" is not a name");
        answers.put(environment.doCheckDirectory(null, "/srv/app"), OK);
        answers.put(environment.doCheckDirectory(null, "app"), "directory: \"app\" is not an absolute path.");
        answers.put(environment.doCheckStateFile(null, ""), OK);
        answers.put(environment.doCheckStateFile(null, "x.txt"), "stateFile: \"x.txt\" is not an absolute path.");
        answers.put(environment.doCheckRemote(null, "-x"), "remote: \"-x\" is not the name of a git remote.");
        answers.put(environment.doCheckMode(null, "image"), OK);
        answers.put(environment.doCheckLockTimeout(null, ""), OK);
        answers.put(environment.doCheckLockTimeout(null, "soon"), "lockTimeout: \"soon\" is not a duration.");
        answers.put(environment.doCheckCommandTimeout(null, "0"), "commandTimeout: is zero.");
        answers.put(environment.doCheckJobs(null, "nobody/**"), "No job has such a name yet: nobody/**");
        answers.put(environment.doCheckJobs(null, ""), OK);
        answers.put(compose.doCheckFiles(null, "docker-compose.yml\ndeploy/prod.yml"), OK);
        answers.put(compose.doCheckFiles(null, ""), OK);
        answers.put(
                compose.doCheckFiles(null, "docker-compose.yml\n-"), "compose.files: \"-\" is not the path of a file.");
        answers.put(compose.doCheckProject(null, "My App"), "compose.project: \"My App\" is not a name");
        answers.put(compose.doCheckProject(null, ""), OK);
        answers.put(
                preflight.doCheckNetworks(null, "app_net\napp net"),
                "preflight.networks: \"app net\" is not a name that Docker allows.");
        answers.put(
                preflight.doCheckContainers(null, "-x"),
                "preflight.containers: \"-x\" is not a name that Docker allows.");
        answers.put(image.doCheckTagVariable(null, "APP_TAG"), OK);
        answers.put(image.doCheckTagVariable(null, ""), OK);
        answers.put(image.doCheckTagVariable(null, "PATH"), "image.tagVariable: PATH means something else");
        answers.put(image.doCheckTag(null, "main-{shortSha}"), OK);
        answers.put(image.doCheckTag(null, "latest"), "image.tag: \"latest\" is the same for every commit.");
        answers.put(environment.doCheckStrategy(null, "Rolling"), OK);
        answers.put(environment.doCheckStrategy(null, "canary"), "strategy: \"canary\" is not allowed.");
        answers.put(rolling.doCheckDrain(null, "5s"), OK);
        answers.put(rolling.doCheckDrain(null, "soon"), "rolling.drain: \"soon\" is not a duration.");
        answers.put(rolling.doCheckServices(null, "web\nwe b"), "rolling.services: \"we b\" is not a name");
        answers.put(freeze.doCheckDays(null, "fri\nsat"), OK);
        answers.put(freeze.doCheckDays(null, "someday"), "freeze.days: \"someday\" is not a day.");
        answers.put(freeze.doCheckFrom(null, "16:00"), OK);
        answers.put(freeze.doCheckFrom(null, "noon"), "freeze.from: \"noon\" is not a time of the day.");
        answers.put(freeze.doCheckUntil(null, "06:00"), OK);
        answers.put(freeze.doCheckUntil(null, "24"), "freeze.until: \"24\" is not a time of the day.");
        answers.put(freeze.doCheckZone(null, "Paris"), "freeze.zone: \"Paris\" is not a time zone.");
        answers.put(migrate.doCheckService(null, " "), "migrate.service: is empty.");
        answers.put(migrate.doCheckCommand(null, ""), "migrate.command: is empty.");
        assertAll(answers);
    }

    @Test
    void healthIsCheckedInTheEnginesWords() {
        var health = ExtensionList.lookupSingleton(HealthDefinition.DescriptorImpl.class);
        var header = ExtensionList.lookupSingleton(HeaderDefinition.DescriptorImpl.class);
        var logs = ExtensionList.lookupSingleton(LogsDefinition.DescriptorImpl.class);
        var json = ExtensionList.lookupSingleton(JsonDefinition.DescriptorImpl.class);
        var tls = ExtensionList.lookupSingleton(TlsDefinition.DescriptorImpl.class);
        Map<FormValidation, String> answers = new IdentityHashMap<>();
        answers.put(health.doCheckUrl(null, ""), OK);
        answers.put(health.doCheckUrl(null, "ftp://example.com/"), "health.url: \"ftp://example.com/\" is not an http");
        answers.put(health.doCheckStatus(null, "2xx,301"), OK);
        answers.put(health.doCheckStatus(null, "999"), "health.status: \"999\" is not an HTTP status.");
        answers.put(health.doCheckMatches(null, "("), "health.matches: \"(\" is not a regular expression");
        answers.put(health.doCheckMatches(null, "a+"), OK);
        answers.put(health.doCheckMaxLatency(null, "0s"), "maxLatency: is zero.");
        answers.put(health.doCheckTimeout(null, "0"), "timeout: is zero.");
        answers.put(health.doCheckInterval(null, "0"), OK);
        answers.put(health.doCheckStartPeriod(null, "1 year"), "startPeriod: \"1 year\" is not a duration.");
        answers.put(health.doCheckContainers(null, "backend\nweb-1"), OK);
        answers.put(
                health.doCheckContainers(null, "web app"),
                "health.containers: \"web app\" is not a name for a compose");
        answers.put(logs.doCheckServices(null, "a/b"), "health.logs.services: \"a/b\" is not a name for a compose");
        answers.put(header.doCheckValue(null, "text/html"), OK);
        answers.put(header.doCheckValue(null, "a\nb"), "health.headers: ");
        answers.put(header.doCheckName(null, "A b"), "health.headers: \"A b\" is not the name of a header.");
        answers.put(json.doCheckPointer(null, ""), "health.json.pointer: is empty.");
        answers.put(json.doCheckPointer(null, "status"), "health.json.pointer: \"status\" is not a JSON pointer.");
        answers.put(json.doCheckPointer(null, "/status"), OK);
        assertAll(answers);
        assertThat(health.doCheckAttempts("0").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(tls.doCheckMinDaysValid("0").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(tls.doCheckMinDaysValid("-1").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void hostsAndServersAreCheckedInTheEnginesWords() throws Exception {
        Credentials.text("token", "t0ken");
        var ssh = ExtensionList.lookupSingleton(SshHostDefinition.DescriptorImpl.class);
        var gitHub = ExtensionList.lookupSingleton(GitHubCiDefinition.DescriptorImpl.class);
        var discord = ExtensionList.lookupSingleton(DiscordNotifierDefinition.DescriptorImpl.class);
        Map<FormValidation, String> answers = new IdentityHashMap<>();
        answers.put(ssh.doCheckAddress(null, "deploy@example.com:22"), OK);
        answers.put(ssh.doCheckAddress(null, "example.com"), OK);
        answers.put(ssh.doCheckAddress(null, ""), "address: \"\" is not an SSH address.");
        answers.put(ssh.doCheckAddress(null, "deploy@example.com:99999"), "address: \"deploy@example.com:99999\"");
        answers.put(ssh.doCheckHostKey(null, "strict"), OK);
        answers.put(ssh.doCheckHostKey(null, "accept-new"), "The first connection trusts whatever key it is shown");
        answers.put(
                ssh.doCheckHostKey(null, "maybe"), "hostKey: \"maybe\" is not allowed. Write strict or accept-new.");
        answers.put(ssh.doCheckKnownHosts(null, "", "strict"), "Only the keys in ~/.ssh/known_hosts");
        answers.put(ssh.doCheckKnownHosts(null, "", "accept-new"), OK);
        answers.put(ssh.doCheckKnownHosts(null, "SHA256:abc", "strict"), "knownHosts: \"SHA256:abc\" is not a line");
        answers.put(ssh.doCheckCredentialsId(null, "", ""), "Choose a private key, or a user name with password.");
        answers.put(ssh.doCheckCredentialsId(null, "none", ""), "There is no global credential with the id \"none\"");
        answers.put(ssh.doCheckCredentialsId(null, "token", ""), "There is no global credential with the id \"token\"");
        answers.put(gitHub.doCheckRepository(null, "owner/repo"), OK);
        answers.put(
                gitHub.doCheckRepository(null, "repo"), "ci.github.repository: \"repo\" is not a repository's name.");
        answers.put(gitHub.doCheckApiUrl(null, "github.com"), "ci.github.apiUrl: this is not the address of an API.");
        answers.put(gitHub.doCheckApiUrl(null, ""), OK);
        answers.put(gitHub.doCheckInterval(null, "0"), "interval: is zero.");
        answers.put(gitHub.doCheckInitialDelay(null, "0"), OK);
        answers.put(gitHub.doCheckTimeout(null, "5 min"), "timeout: \"5 min\" is not a duration.");
        answers.put(gitHub.doCheckChecks(null, "build*", "lint"), OK);
        answers.put(
                gitHub.doCheckChecks(null, "build\nlint", "lint"),
                "ci.ignoreChecks: \"lint\" is required by ci.checks, too.");
        answers.put(gitHub.doCheckIgnoreChecks(null, "", ""), OK);
        answers.put(gitHub.doCheckIgnoreChecks(null, "*", ""), "ci.ignoreChecks: \"*\" leaves no check that counts.");
        answers.put(gitHub.doCheckCredentialsId(null, "token", ""), OK);
        answers.put(gitHub.doCheckCredentialsId(null, "", ""), "Without a token GitHub shows public repositories only");
        answers.put(discord.doCheckCredentialsId(null, "token"), OK);
        answers.put(discord.doCheckCredentialsId(null, "${WEBHOOK}"), OK);
        answers.put(discord.doCheckCredentialsId(null, ""), "Choose a secret text");
        assertAll(answers);
    }

    @Test
    void theOtherCiServersAreCheckedInTheEnginesWords() throws Exception {
        Credentials.text("token", "t0ken");
        var gitLab = ExtensionList.lookupSingleton(GitLabCiDefinition.DescriptorImpl.class);
        var gitea = ExtensionList.lookupSingleton(GiteaCiDefinition.DescriptorImpl.class);
        var builds = ExtensionList.lookupSingleton(JenkinsCiDefinition.DescriptorImpl.class);
        Map<FormValidation, String> answers = new IdentityHashMap<>();
        answers.put(gitLab.doCheckProject(null, "group/sub/name"), OK);
        answers.put(gitLab.doCheckProject(null, "name"), "ci.gitlab.project: \"name\" is not a project's path.");
        answers.put(gitLab.doCheckApiUrl(null, ""), OK);
        answers.put(gitLab.doCheckApiUrl(null, "gitlab"), "ci.gitlab.apiUrl: this is not the address of an API.");
        answers.put(gitLab.doCheckCredentialsId(null, "token", ""), OK);
        answers.put(gitLab.doCheckCredentialsId(null, "", ""), "Without a token GitLab shows public projects only");
        answers.put(gitea.doCheckRepository(null, "owner/name"), OK);
        answers.put(
                gitea.doCheckRepository(null, "a/b/c"), "ci.gitea.repository: \"a/b/c\" is not a repository's name");
        answers.put(gitea.doCheckApiUrl(null, "https://gitea.example.com/api/v1"), OK);
        answers.put(gitea.doCheckApiUrl(null, ""), "ci.gitea.apiUrl: this is not the address of an API.");
        answers.put(gitea.doCheckCredentialsId(null, "none", ""), "There is no global credential with the id \"none\"");
        answers.put(gitea.doCheckCredentialsId(null, "", ""), "Without a token the server shows public repositories");
        answers.put(builds.doCheckJob(null, ""), "ci.jenkins.job: is missing.");
        answers.put(builds.doCheckJob(null, "no/such"), "There is no job, folder or multibranch project \"no/such\"");
        answers.put(builds.doCheckParameter(null, ""), OK);
        answers.put(builds.doCheckParameter(null, "COMMIT"), OK);
        answers.put(
                builds.doCheckParameter(null, "a b"), "ci.jenkins.parameter: \"a b\" is not the name of a parameter.");
        assertAll(answers);
    }

    @Test
    void theSecretsOfWebhooksAreSecretTexts() throws Exception {
        Credentials.text("hook", "s3cret");
        Credentials.password("login", "ada", "password");
        var secret = ExtensionList.lookupSingleton(WebhookSecretDefinition.DescriptorImpl.class);
        Map<FormValidation, String> answers = new IdentityHashMap<>();
        answers.put(secret.doCheckCredentialsId(null, "hook"), OK);
        answers.put(secret.doCheckCredentialsId(null, ""), "Choose a secret text that holds what the server");
        answers.put(secret.doCheckCredentialsId(null, "login"), "There is no global credential with the id \"login\"");
        assertAll(answers);
        assertThat(secret.doFillServerItems())
                .extracting(option -> option.value)
                .containsExactly("github", "gitlab", "gitea");
        assertThat(secret.doFillCredentialsIdItems(null, ""))
                .extracting(option -> option.value)
                .contains("hook")
                .doesNotContain("login");
    }

    @Test
    void whatIsForImagesAndDatabasesIsCheckedInTheEnginesWords() {
        var image = ExtensionList.lookupSingleton(ImageDefinition.DescriptorImpl.class);
        var database = ExtensionList.lookupSingleton(DatabaseDefinition.DescriptorImpl.class);
        Map<FormValidation, String> answers = new IdentityHashMap<>();
        answers.put(image.doCheckContext(null, "services/{service}"), OK);
        answers.put(image.doCheckContext(null, "git@example.com:a/b"), "is not a folder of the workspace");
        answers.put(image.doCheckTarget(null, "${STAGE}"), OK);
        answers.put(image.doCheckTarget(null, "a b"), "is not the name of a stage");
        answers.put(image.doCheckCacheFrom(null, "shop:latest\nshop:{branchSlug}"), OK);
        answers.put(image.doCheckCacheFrom(null, "shop:latest\n:oops"), "is not the name of an image");
        answers.put(database.doCheckAlias(null, ""), OK);
        answers.put(database.doCheckAlias(null, "my db"), "database.alias: \"my db\" is not a host name.");
        assertAll(answers);
    }

    @Test
    void aLabelThatNoAgentHasIsNoticedAndLabelsAreOffered() throws Exception {
        jenkins.jenkins.setLabelString("dmz linux");
        var environment = ExtensionList.lookupSingleton(EnvironmentDefinition.DescriptorImpl.class);

        assertThat(environment.doCheckVia(null, "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(environment.doCheckVia(null, "dmz && linux").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(environment.doCheckVia(null, "nowhere").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(environment.doCheckVia(null, "a &&").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(environment.doAutoCompleteVia(null, "dm").getValues()).contains("dmz");
    }

    @Test
    void aLabelIsRefusedWhereItHasNoMeaning() {
        EnvironmentDefinition local = Definitions.local("here");
        local.setVia("dmz");
        EnvironmentDefinition wrong = Definitions.ssh("there", "a@example.com", "key");
        wrong.setVia("a &&");

        assertThat(catchThrowable(() -> EnvironmentReader.check(local)))
                .hasMessageStartingWith("via: is for hosts over SSH, and this one is local. Remove it;");
        assertThat(catchThrowable(() -> EnvironmentReader.check(wrong)))
                .hasMessageStartingWith("via: \"a &&\" is not a label: ");
    }

    @Test
    void anEnvironmentOfAFolderThatHidesAnotherIsNoticed() throws Exception {
        DeployFirstConfiguration.get().setEnvironments(List.of(Definitions.local("preprod")));
        Folder folder = jenkins.createProject(Folder.class);
        var environment = ExtensionList.lookupSingleton(EnvironmentDefinition.DescriptorImpl.class);

        assertThat(environment.doCheckName(folder, "preprod").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(environment.doCheckName(folder, "staging").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(environment.doCheckName(null, "preprod").kind).isEqualTo(FormValidation.Kind.OK);
    }

    /** A field without a check is one that takes any text. */
    @Test
    void everyFieldForTextHasACheckOrTakesAnyText() throws Exception {
        Set<String> free = Set.of(
                "DatabaseDefinition.ready",
                "EnvironmentDefinition.backup",
                "HealthDefinition.command",
                "HealthDefinition.contains",
                "ImageDefinition.dockerfile",
                "JenkinsCiDefinition.parameter",
                "JsonDefinition.equals",
                "MigrateDefinition.rollbackCommand",
                "RollingDefinition.drainCommand");
        Set<String> without = new TreeSet<>();
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (descriptor.clazz.getPackageName().equals(EnvironmentDefinition.class.getPackageName())) {
                without.addAll(fieldsWithoutCheck(descriptor));
            }
        }
        assertThat(without).isSubsetOf(free);
    }

    private static Set<String> fieldsWithoutCheck(Descriptor<?> descriptor) throws IOException {
        Path pages = Path.of("src/main/resources", descriptor.clazz.getName().replace('.', '/'));
        Set<String> fields = new TreeSet<>();
        if (Files.exists(pages.resolve("config.jelly"))) {
            String page = Files.readString(pages.resolve("config.jelly"));
            Pattern.compile("field=\"(\\w+)\">\\s*<f:(?:textbox|textarea|number)")
                    .matcher(page)
                    .results()
                    .map(field -> field.group(1))
                    .filter(field -> Stream.of(descriptor.getClass().getMethods())
                            .noneMatch(method -> method.getName().equalsIgnoreCase("doCheck" + field)))
                    .forEach(field -> fields.add(descriptor.clazz.getSimpleName() + "." + field));
        }
        return fields;
    }

    @Test
    void knownHostsOfAllFormsAreTaken() {
        String key = "AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleExam";
        var ssh = ExtensionList.lookupSingleton(SshHostDefinition.DescriptorImpl.class);

        FormValidation answer = ssh.doCheckKnownHosts(
                null,
                "# preprod\n\n[127.0.0.1]:2222,example.com ssh-ed25519 " + key
                        + "\r\n|1|c2FsdA==|aGFzaA== ecdsa-sha2-nistp256 " + key + " a comment\n@revoked * ssh-rsa "
                        + key,
                "strict");

        assertThat(answer.kind).isEqualTo(FormValidation.Kind.OK);
    }

    /** Asserts what each answer begins with; an answer that has nothing to say is OK. */
    private static void assertAll(Map<FormValidation, String> answers) {
        answers.forEach((answer, expected) -> {
            String said = answer.kind == FormValidation.Kind.OK ? OK : answer.getMessage();
            if (expected.isEmpty()) {
                assertThat(said).isEqualTo(OK);
            } else {
                assertThat(said).contains(escaped(expected));
            }
        });
    }

    private static String escaped(String text) {
        return Util.escape(text);
    }
}
