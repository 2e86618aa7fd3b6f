package io.jenkins.plugins.deployfirst.webhook;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.GitHubCiDefinition;
import io.jenkins.plugins.deployfirst.config.LocalHostDefinition;
import io.jenkins.plugins.deployfirst.config.WebhookSecretDefinition;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiWatch;
import io.jenkins.plugins.deployfirst.engine.webhook.Deliveries;
import io.jenkins.plugins.deployfirst.testing.GitHubChecks;
import io.jenkins.plugins.deployfirst.watch.CiWatches;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jvnet.hudson.test.JenkinsRule;

/** Whoever posts to the webhook's address of a Jenkins. */
final class Sender {
    /** The secret that the Jenkins knows. */
    static final String SECRET = "a long and random secret";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI address;

    Sender(URL jenkins) {
        this.address = URI.create(jenkins + "deploy-first-webhook/");
    }

    /** Has a Jenkins know the secret, and watch a commit that it would read in an hour. */
    static CiWatch expectedBy(JenkinsRule jenkins, GitHubChecks gitHub, String sha) throws Exception {
        ResolvedEnvironment environment = environment(jenkins, gitHub.url(), ci -> {
            ci.setInitialDelay("1h");
            ci.setInterval("1h");
            ci.setTimeout("2h");
        });
        return CiWatches.start(environment, () -> environment, null, new CommitSha(sha), Instant.now(), Progress.NONE);
    }

    /** Has a Jenkins know the secret, and an environment whose CI is read at an address. */
    static ResolvedEnvironment environment(JenkinsRule jenkins, String apiUrl, Consumer<GitHubCiDefinition> rules)
            throws Exception {
        Credentials.text("github-hook", SECRET);
        DeployFirstConfiguration.get().setWebhookSecrets(List.of(new WebhookSecretDefinition("github", "github-hook")));
        GitHubCiDefinition ci = new GitHubCiDefinition(GitHubChecks.REPOSITORY);
        ci.setApiUrl(apiUrl);
        rules.accept(ci);
        EnvironmentDefinition definition =
                new EnvironmentDefinition("preprod", new LocalHostDefinition(), "/srv/nothing");
        definition.setCi(ci);
        DeployFirstConfiguration.get().setEnvironments(List.of(definition));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        return DeployFirstConfiguration.get()
                .require("preprod", build.getParent(), true)
                .resolve(build);
    }

    /** Sends an event of a commit's status. */
    HttpResponse<String> send(byte[] body, String secret) throws IOException, InterruptedException {
        return post(signed(body, secret, "status"));
    }

    HttpResponse<String> post(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder signed(byte[] body, String secret, String event) {
        String key = secret.isEmpty() ? "none" : secret;
        return request(body)
                .header("X-GitHub-Event", event)
                .header("X-Hub-Signature-256", "sha256=" + Deliveries.mac(key, body));
    }

    HttpRequest.Builder request(byte[] body) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    /** Returns an event's payload, which is unlike every other. */
    static byte[] status(String sha, String state) {
        return ("{\"sha\": \"" + sha + "\", \"state\": \"" + state + "\", \"context\": \"build\", \"repository\":"
                        + " {\"full_name\": \"" + GitHubChecks.REPOSITORY + "\"}, \"at\": " + System.nanoTime() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
