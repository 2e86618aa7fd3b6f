package io.jenkins.plugins.deployfirst.testing;

import io.jenkins.plugins.deployfirst.config.ComposeDefinition;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.DiscordNotifierDefinition;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.GitHubCiDefinition;
import io.jenkins.plugins.deployfirst.config.HealthDefinition;
import io.jenkins.plugins.deployfirst.config.MigrateDefinition;
import io.jenkins.plugins.deployfirst.config.SshHostDefinition;
import io.jenkins.plugins.deployfirst.config.WebhookSecretDefinition;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import io.jenkins.plugins.deployfirst.engine.testing.SshServer;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.Serializable;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A real host over SSH with its CI and its channel, and their credentials and the environment {@value #NAME} in the
 * Jenkins under test.
 */
public final class JenkinsHost implements AutoCloseable {
    /** The environment's name. */
    public static final String NAME = "preprod";

    /** What protects the private key. */
    public static final String PASSPHRASE = "PassphraseOfTheTests";

    /** What the CI server is read with. */
    public static final String TOKEN = "TokenOfTheTests";

    /** What a slow migration prints when it runs. */
    public static final String MIGRATING = "migrating slowly";

    private static final String HOOK_CREDENTIAL = "github-hook";
    private static final String HOOK_SECRET = "HookSecretOfTheTests";
    private static final String SLOW = "trap 'exit 0' USR1; trap '' TERM; echo " + MIGRATING + "; sleep 300 & wait";
    private static final String ONE_OFFS = "docker ps -aq --filter label=com.docker.compose.project=%s"
            + " --filter label=com.docker.compose.oneoff=True";

    public final Stack stack;
    public final SshServer server;
    public final GitHubChecks gitHub = GitHubChecks.start();
    public final DiscordChannel discord = DiscordChannel.start();
    private final Path key;

    private JenkinsHost(Stack stack, SshServer server) {
        this.stack = stack;
        this.server = server;
        this.key = server.directory().resolve("jenkins");
        SshServer.key(key, "ed25519", PASSPHRASE);
        server.authorize(key.resolveSibling("jenkins.pub"));
    }

    /** Starts it, with a first release running; no Jenkins knows it yet. */
    public static JenkinsHost start(Path root) {
        Stack stack = Stack.start(root).withStateFolder();
        return new JenkinsHost(stack, SshServer.start(root.resolve("sshd"), stack.home()));
    }

    /** Has the host run the first release again, and everybody forget everything. */
    public void startAnew() {
        stack.startAnew();
        gitHub.startAnew();
        discord.startAnew();
    }

    /** Gives the Jenkins under test the credentials. */
    public void addCredentials() throws Exception {
        setup(definition(NAME)).apply();
        DeployFirstConfiguration.get().setEnvironments(List.of());
    }

    /** What another process needs to know for its Jenkins to use this host. */
    public record Setup(String key, String discord, EnvironmentDefinition environment) implements Serializable {
        /** Gives it to the Jenkins of this process. */
        public void apply() throws Exception {
            Credentials.key("preprod-ssh", System.getProperty("user.name"), PASSPHRASE, key);
            Credentials.text("github-token", TOKEN);
            Credentials.text("discord-webhook", discord);
            Credentials.text(HOOK_CREDENTIAL, HOOK_SECRET);
            DeployFirstConfiguration.get().setEnvironments(List.of(environment));
            DeployFirstConfiguration.get()
                    .setWebhookSecrets(List.of(new WebhookSecretDefinition("github", HOOK_CREDENTIAL)));
        }
    }

    /** Returns what a Jenkins needs to know for an environment on this host. */
    public Setup setup(EnvironmentDefinition environment) {
        return new Setup(Tool.read(key) + "\n", discord.webhook(), environment);
    }

    /** Tells a Jenkins, as GitHub does, that a check of the commit failed; it must know {@link #setup}. */
    public void sendFailure(URL jenkins, String sha) {
        gitHub.sendFailure(jenkins, sha, HOOK_SECRET);
    }

    /** Defines the environment for all jobs, and nothing else. */
    public void configure() {
        configure(same -> {});
    }

    /** Defines the environment with a difference. */
    public void configure(Consumer<EnvironmentDefinition> difference) {
        EnvironmentDefinition environment = definition(NAME);
        difference.accept(environment);
        DeployFirstConfiguration.get().setEnvironments(List.of(environment));
    }

    /** Returns the environment under another name. */
    public EnvironmentDefinition definition(String name) {
        return definition(name, server.port());
    }

    /** Returns the environment under another name, whose host is reached by another port. */
    public EnvironmentDefinition definition(String name, int port) {
        SshHostDefinition host = new SshHostDefinition(System.getProperty("user.name") + "@127.0.0.1:" + port);
        host.setCredentialsId("preprod-ssh");
        host.setKnownHosts(server.knownHosts(port));
        EnvironmentDefinition environment =
                new EnvironmentDefinition(name, host, stack.checkout().toString());
        ComposeDefinition compose = new ComposeDefinition();
        compose.setFiles(List.of("docker-compose.yml"));
        compose.setProject(stack.project());
        environment.setCompose(compose);
        HealthDefinition health = new HealthDefinition();
        health.setUrl(stack.url());
        health.setContains("Welcome");
        health.setStartPeriod("2s");
        health.setAttempts(2);
        health.setInterval("300ms");
        health.setTimeout("5s");
        environment.setHealth(health);
        environment.setCi(ci(gitHub.url()));
        environment.setNotify(List.of(new DiscordNotifierDefinition("discord-webhook")));
        environment.setStateFile(stack.stateFile().toString());
        environment.setLockTimeout("1m");
        environment.setCommandTimeout("2m");
        return environment;
    }

    /** Returns how the CI server is read at an address. */
    public GitHubCiDefinition ci(String apiUrl) {
        GitHubCiDefinition ci = new GitHubCiDefinition(GitHubChecks.REPOSITORY);
        ci.setApiUrl(apiUrl);
        ci.setCredentialsId("github-token");
        ci.setInitialDelay("0");
        ci.setInterval("200ms");
        ci.setTimeout("1m");
        return ci;
    }

    /** Makes deployments hang in their migration, after it has printed {@link #MIGRATING}. */
    public static void migrateSlowly(EnvironmentDefinition environment) {
        environment.setMigrate(new MigrateDefinition("worker", SLOW));
    }

    /** Makes rollbacks hang in their migration, after it has printed {@link #MIGRATING}. */
    public static void rollBackSlowly(EnvironmentDefinition environment) {
        MigrateDefinition migrate = new MigrateDefinition("worker", "true");
        migrate.setRollbackCommand(SLOW);
        environment.setMigrate(migrate);
    }

    /** Lets the slow migration that runs come to its good end. */
    public void endMigration() {
        host("docker kill -s USR1 $(" + ONE_OFFS.formatted(stack.project()) + ")");
    }

    /** Returns whether a migration runs on the host, or its container is there still. */
    public boolean isMigrating() {
        // The brackets keep the pattern from finding itself.
        String commands = host("pgrep -f -- '-p " + stack.project() + " [r]un --rm' || true");
        return !commands.isEmpty() || !host(ONE_OFFS.formatted(stack.project())).isEmpty();
    }

    public List<JournalEntry> journal() {
        return JournalEntry.parseAll(Tool.read(stateDirectory().resolve("journal.jsonl")));
    }

    public List<String> events() {
        return journal().stream().map(entry -> entry.get("event")).toList();
    }

    /** Returns the last validated release. */
    public String validated() {
        return Tool.read(stack.stateFile());
    }

    public Path stateDirectory() {
        return stack.home().resolve(".deploy-first").resolve(NAME);
    }

    /** Runs a shell command where the checkout is. */
    public String host(String command) {
        return Tool.run(stack.checkout(), "sh", "-c", command);
    }

    /** Returns what nobody may see who looks at a build or at the host. */
    public List<String> secrets() {
        String body = Tool.read(key);
        return List.of(
                PASSPHRASE,
                TOKEN,
                DiscordChannel.SECRET,
                "OPENSSH PRIVATE KEY",
                body.lines().skip(1).findFirst().orElseThrow());
    }

    @Override
    public void close() {
        discord.close();
        gitHub.close();
        server.close();
        stack.close();
    }
}
