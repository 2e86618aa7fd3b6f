package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.testing.ImageRegistry;
import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Logins to a real registry in a configuration of their own. */
@ExtendWith(RealHost.class)
class DockerConfigTest {
    @TempDir
    private Path root;

    private ImageRegistry registry;
    private ScriptHost host;

    @BeforeEach
    void start() throws InterruptedException {
        registry = ImageRegistry.start(root.resolve("registry"));
        host = new ScriptHost(root);
    }

    @AfterEach
    void stop() {
        host.close();
        registry.close();
    }

    private Path own() {
        return root.resolve("own");
    }

    private Path users() {
        return host.home().resolve(".docker");
    }

    private ScriptResult logIn() throws InterruptedException {
        return host.succeed(DockerConfig.login(own().toString(), registry.login()));
    }

    private String logins() {
        return Tool.read(own().resolve("config.json"));
    }

    @Test
    void aLoginIsForTheFlowAloneAndItsPasswordStandsNowhereElse() throws Exception {
        host.program(
                "docker",
                "printf '%s\\n' \"$*\" >> " + root + "/arguments; env >> " + root + "/environment; exec "
                        + Tool.run(root, "sh", "-c", "command -v docker") + " \"$@\"");

        ScriptResult result = logIn();

        assertThat(logins()).contains("\"" + registry.host() + "\"");
        assertThat(Files.exists(users())).isFalse();
        assertThat(Tool.run(root, "stat", "-c", "%a", own().toString())).isEqualTo("700");
        assertThat(Tool.read(root.resolve("arguments")))
                .contains("--password-stdin")
                .doesNotContain("s3cret");
        assertThat(Tool.read(root.resolve("environment"))).doesNotContain("s3cret");
        assertThat(result.values()).isEmpty();
        assertThat(host.output).isEmpty();
    }

    @Test
    void whatTheUserHasConfiguredIsThereToo() throws Exception {
        String other = Base64.getEncoder().encodeToString("me:mine".getBytes());
        Tool.write(
                users().resolve("config.json"),
                "{\"auths\": {\"other.example.com\": {\"auth\": \"" + other + "\"}}}\n");
        Tool.write(users().resolve("cli-plugins").resolve("docker-greet"), "#!/bin/sh\n");

        logIn();

        assertThat(logins()).contains("other.example.com", other, registry.host());
        assertThat(Files.exists(own().resolve("cli-plugins").resolve("docker-greet")))
                .isTrue();
        assertThat(Tool.read(users().resolve("config.json"))).doesNotContain(registry.host());
    }

    @Test
    void aCredentialStoreIsNotToldOfTheLogin() throws Exception {
        host.program("docker-credential-mine", "echo \"$1\" >> " + root + "/asked; cat >/dev/null; echo '{}'");
        Tool.write(
                users().resolve("config.json"),
                "{\n\t\"credsStore\": \"mine\",\n\t\"credHelpers\": {\"gcr.io\": \"mine\"}\n}\n");

        logIn();

        assertThat(Tool.read(root.resolve("asked"))).doesNotContain("store");
        assertThat(logins()).contains("\"credsStore\": \"mine\"", "\"gcr.io\": \"mine\"", "\"auth\"");
    }

    @Test
    void afterTheLogoutNothingIsLeft() throws Exception {
        logIn();

        host.succeed(DockerConfig.logout(Script.start(), own().toString(), registry.login()));
        host.succeed(DockerConfig.logout(Script.start(), own().toString(), registry.login()));

        assertThat(Files.exists(own())).isFalse();
    }

    @Test
    void aRefusedLoginSaysWhy() throws Exception {
        Registry wrong = new Registry(registry.host(), ImageRegistry.USER, "wrong");

        ScriptResult result = host.run(DockerConfig.login(own().toString(), wrong));

        assertThat(result.value("problem")).isEqualTo("login-failed");
        assertThat(result.value("detail")).contains("401 Unauthorized");
    }
}
