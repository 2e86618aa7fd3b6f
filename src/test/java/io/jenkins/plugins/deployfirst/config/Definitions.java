package io.jenkins.plugins.deployfirst.config;

import java.util.List;

/** Definitions of environments for tests. */
public final class Definitions {
    private Definitions() {}

    public static EnvironmentDefinition local(String name) {
        return new EnvironmentDefinition(name, new LocalHostDefinition(), "/srv/app");
    }

    public static EnvironmentDefinition ssh(String name, String address, String credentialsId) {
        SshHostDefinition host = new SshHostDefinition(address);
        host.setCredentialsId(credentialsId);
        return new EnvironmentDefinition(name, host, "/srv/app");
    }

    /** Returns an environment in which every setting is another one than by default. */
    public static EnvironmentDefinition full(String name) {
        JumpHostDefinition jump = new JumpHostDefinition("gate@bastion.example.com");
        jump.setCredentialsId("bastion-password");
        jump.setKnownHosts(
                "bastion.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExample");
        jump.setHostKey("accept-new");
        SshHostDefinition host = new SshHostDefinition("deploy@preprod.example.com:2222");
        host.setCredentialsId("preprod-ssh");
        host.setKnownHosts(
                "preprod.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExample\n"
                        + "10.0.0.1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExample");
        host.setHostKey("accept-new");
        host.setJump(jump);
        EnvironmentDefinition environment = new EnvironmentDefinition(name, host, "/srv/app");
        ComposeDefinition compose = new ComposeDefinition();
        compose.setFiles(List.of("docker-compose.yml", "override.yml"));
        compose.setProject("app");
        compose.setAction("up");
        environment.setCompose(compose);
        PreflightDefinition preflight = new PreflightDefinition();
        preflight.setNetworks(List.of("app_net"));
        preflight.setContainers(List.of("postgres", "redis"));
        environment.setPreflight(preflight);
        environment.setVia("dmz && ssh");
        environment.setMode("image");
        ImageTagDefinition image = new ImageTagDefinition();
        image.setTagVariable("APP_TAG");
        image.setTag("main-{shortSha}");
        environment.setImage(image);
        RollingDefinition rolling = new RollingDefinition();
        rolling.setDrain("3s");
        rolling.setDrainCommand("touch /tmp/drain");
        rolling.setServices(List.of("backend", "api"));
        environment.setStrategy("rolling");
        environment.setRolling(rolling);
        MigrateDefinition migrate = new MigrateDefinition("backend", "alembic upgrade head");
        migrate.setRollbackCommand("alembic downgrade -1");
        environment.setMigrate(migrate);
        environment.setBackup("./backup.sh");
        environment.setFreeze(List.of(
                new FreezeDefinition(List.of("fri", "sat"), "16:00", "23:59", "Europe/Paris"),
                new FreezeDefinition(List.of("sun"), "22:00", "06:00", "UTC")));
        environment.setHealth(health());
        environment.setCi(gitHub());
        DiscordNotifierDefinition failures = new DiscordNotifierDefinition("discord-webhook");
        failures.setPolicy("failures");
        SlackNotifierDefinition slack = new SlackNotifierDefinition("slack-webhook");
        slack.setPolicy("down");
        environment.setNotify(List.of(
                new DiscordNotifierDefinition("everything"),
                failures,
                slack,
                new WebhookNotifierDefinition("status-webhook")));
        environment.setStateFile("/var/state/sha.txt");
        environment.setLockTimeout("2m");
        environment.setCommandTimeout("1h");
        environment.setRemote("upstream");
        environment.setJobs(List.of("team-a/**", "deploy"));
        return environment;
    }

    private static HealthDefinition health() {
        JsonDefinition json = new JsonDefinition("/database");
        json.setEquals("up");
        TlsDefinition tls = new TlsDefinition();
        tls.setMinDaysValid(14);
        HealthDefinition health = new HealthDefinition();
        health.setUrl("https://preprod.example.com/status");
        health.setHeaders(List.of(new HeaderDefinition("Accept", "text/html"), new HeaderDefinition("X-Probe", "yes")));
        health.setStatus("2xx,301");
        health.setContains("Welcome");
        health.setMatches("version [0-9]+");
        health.setJson(json);
        health.setTls(tls);
        health.setMaxLatency("2s");
        health.setContainers(List.of("backend", "worker"));
        health.setCommand("true");
        health.setStartPeriod("20s");
        health.setAttempts(7);
        health.setInterval("2s");
        health.setTimeout("8s");
        return health;
    }

    static GitHubCiDefinition gitHub() {
        GitHubCiDefinition ci = new GitHubCiDefinition("owner/repo");
        ci.setCredentialsId("github-token");
        ci.setApiUrl("https://github.example.com/api/v3");
        ci.setInitialDelay("20s");
        ci.setInterval("15s");
        ci.setTimeout("7m");
        ci.setChecks(List.of("build", "test*"));
        ci.setIgnoreChecks(List.of("lint"));
        ci.setOnTimeout("rollback");
        ci.setOnAbsent("rollback");
        return ci;
    }
}
