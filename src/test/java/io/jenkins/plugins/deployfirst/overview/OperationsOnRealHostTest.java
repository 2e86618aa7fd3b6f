package io.jenkins.plugins.deployfirst.overview;

import static io.jenkins.plugins.deployfirst.testing.JenkinsHost.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.RestartListener;
import hudson.model.User;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.FreezeDefinition;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import io.jenkins.plugins.deployfirst.testing.JenkinsHost;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.testing.Production;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.security.ApiTokenProperty;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What people do on the page "Deployments", on a real host, as a script with an API token does it. */
class OperationsOnRealHostTest extends OnJenkinsHost {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final HttpClient BROWSER = HttpClient.newHttpClient();
    private static final String PAGE = "deployments/environment/" + NAME + "/";

    @TempDir
    private static Path prodRoot;

    @BeforeAll
    static void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(DeployPermissions.ROLLBACK)
                .onRoot()
                .to("roller")
                .grant(DeployPermissions.PROMOTE)
                .onRoot()
                .to("promoter"));
    }

    @Test
    void aPersonTakesTheEnvironmentBackAndTheJournalNamesHim() throws Exception {
        validated("release 2");
        String good = host.stack.live();
        String bad = deployed("release 3");

        JSONObject operation = ended(post("roller", PAGE + "rollback", Map.of()));

        assertThat(operation.getString("outcome")).isEqualTo("DONE");
        assertThat(operation.getString("user")).isEqualTo("roller");
        assertThat(host.stack.live()).isEqualTo(good);
        assertThat(host.stack.page()).isEqualTo("Welcome, release 2");
        JournalEntry last = last();
        assertThat(last.get("event")).isEqualTo("rollback.succeeded");
        assertThat(last.get("by")).isEqualTo("Jenkins, roller");
        assertThat(last.get("build")).isEqualTo(operation.getString("url"));
        assertThat(last.get("previousSha")).isEqualTo(bad);
        assertThat(log(operation)).contains("✓ restart", "Done.");
    }

    @Test
    void thePageShowsWhatTheRollbackDidAndWhoAskedForIt() throws Exception {
        validated("release 2");
        String good = host.stack.live();
        deployed("release 3");
        ended(post("roller", PAGE + "rollback", Map.of()));

        JSONObject view = awaitLive(good);

        assertThat(view.getJSONObject("live").getString("subject")).isEqualTo("Say release 2");
        assertThat(view.getJSONObject("live").getString("url")).endsWith("/owner/shop/commit/" + good);
        assertThat(view.getString("health")).isEqualTo("HEALTHY");
        assertThat(view.getBoolean("liveValidated")).isTrue();
        assertThat(view.getJSONArray("attention").toString()).isEqualTo("[]");
        JSONObject event = view.getJSONArray("journal").getJSONObject(0);
        assertThat(event.getString("by")).isEqualTo("Jenkins, roller");
        assertThat(event.getString("buildUrl")).contains("/deployments/operation/");
    }

    @Test
    void aReleaseOfTheJournalCanBeChosen() throws Exception {
        String chosen = deployed("release 2");
        deployed("release 3");
        deployed("release 4");

        JSONObject operation = ended(post("roller", PAGE + "rollback", Map.of("to", chosen)));

        assertThat(operation.getString("outcome")).isEqualTo("DONE");
        assertThat(host.stack.live()).isEqualTo(chosen);
    }

    @Test
    void aReleaseThatDoesNotExistChangesNothingAndTheOperationSaysWhy() throws Exception {
        String live = deployed("release 2");

        JSONObject operation = ended(post("roller", PAGE + "rollback", Map.of("to", "0123456789abcdef")));

        assertThat(operation.getString("outcome")).isNotEqualTo("DONE");
        assertThat(operation.getString("error")).startsWith("sha: no such commit in ");
        assertThat(host.stack.live()).isEqualTo(live);
    }

    @Test
    void whatIsNoCommitIsRefusedAtOnce() throws Exception {
        HttpResponse<String> answer = post("roller", PAGE + "rollback", Map.of("to", "main; rm -rf /"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSONObject.fromObject(answer.body()).getString("error"))
                .startsWith("to: \"main; rm -rf /\" is not a commit SHA.");
    }

    @Test
    void aBrowsersFormIsSentOnToTheOperation() throws Exception {
        deployed("release 2");

        HttpResponse<String> answer = post("roller", PAGE + "rollback", Map.of(), "text/html");

        assertThat(answer.statusCode()).isEqualTo(303);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).contains("/deployments/operation/");
        ended(number(location));
    }

    @Test
    void aValidatedReleaseIsPromotedWhenItIsConfirmedAndTheFreezeIsOverridden() throws Exception {
        try (Production prod = Production.start(prodRoot, host)) {
            promote(prod);
        }
    }

    private void promote(Production prod) throws Exception {
        validated("release 2");
        String good = host.stack.live();
        EnvironmentDefinition target = prod.definition();
        target.setFreeze(List.of(new FreezeDefinition(
                List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00", "23:59", "UTC")));
        DeployFirstConfiguration.get().setEnvironments(List.of(host.definition(NAME), target));

        HttpResponse<String> unconfirmed = post("promoter", PAGE + "promote", Map.of("to", "prod", "confirm", "yes"));
        assertThat(unconfirmed.statusCode()).isEqualTo(400);
        assertThat(unconfirmed.body()).contains("confirm: \\\"yes\\\" is not DEPLOY.");
        JSONObject frozen = ended(post("promoter", PAGE + "promote", Map.of("to", "prod", "confirm", "DEPLOY")));
        assertThat(frozen.getString("outcome")).isEqualTo("FAILED_UNCHANGED");
        assertThat(frozen.getString("error")).contains("freeze: nothing is promoted to prod now");
        JSONObject done = ended(post(
                "promoter",
                PAGE + "promote",
                Map.of("to", "prod", "confirm", "DEPLOY", "overrideFreeze", "the shop is down")));

        assertThat(done.getString("outcome")).isEqualTo("DONE");
        assertThat(done.getString("environment")).isEqualTo("prod");
        assertThat(prod.stack.live()).isEqualTo(good);
        List<JournalEntry> journal =
                JournalEntry.parseAll(Tool.read(host.stack.home().resolve(".deploy-first/prod/journal.jsonl")));
        assertThat(journal.get(journal.size() - 1).get("by")).isEqualTo("Jenkins, promoter");
        assertThat(journal).anySatisfy(entry -> assertThat(entry.toJson()).contains("the shop is down"));
    }

    @Test
    void theCiOfALiveReleaseIsWatchedAgainAndItsVerdictIsActedOn() throws Exception {
        String sha = deployed("release 2");
        host.gitHub.pending(sha, "build");
        awaitLive(sha);

        HttpResponse<String> answer = post("roller", PAGE + "watchAgain", Map.of());
        assertThat(answer.statusCode()).isEqualTo(201);
        await().atMost(LONG).until(() -> host.gitHub.reads(sha) > 0);
        JSONObject watch =
                json(PAGE + "api/json?depth=2").getJSONArray("watches").getJSONObject(0);
        assertThat(watch.getString("sha")).isEqualTo(sha);
        assertThat(RestartListener.isAllReady())
                .as("a watch goes on after a restart")
                .isTrue();
        host.gitHub.failed(sha, "unit tests");
        JSONObject operation = ended(answer);

        assertThat(operation.getString("outcome")).isEqualTo("ROLLED_BACK");
        assertThat(host.stack.live()).isEqualTo(host.stack.first());
        assertThat(log(operation)).contains("unit tests");
    }

    @Test
    void thereIsNothingToWatchWhereWhatIsLiveIsValidated() throws Exception {
        validated("release 2");
        awaitLive(host.stack.live());

        assertThat(post("roller", PAGE + "watchAgain", Map.of()).statusCode()).isEqualTo(400);
    }

    @Test
    void anOperationThatIsStoppedEndsOnTheHostTooAndASafeRestartWaitsForItMeanwhile() throws Exception {
        deployed("release 2");
        host.configure(JenkinsHost::rollBackSlowly);
        deployed("release 3");

        HttpResponse<String> answer = post("roller", PAGE + "rollback", Map.of("to", host.stack.first()));
        int number = number(answer);
        await().atMost(LONG).until(() -> log(number).contains(JenkinsHost.MIGRATING));
        assertThat(RestartListener.isAllReady()).isFalse();
        assertThat(post("promoter", "deployments/operation/" + number + "/stop", Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("roller", "deployments/operation/" + number + "/stop", Map.of())
                        .statusCode())
                .isEqualTo(202);

        JSONObject operation = ended(number);
        assertThat(operation.getString("outcome")).isEqualTo("STOPPED");
        assertThat(operation.getString("error")).contains("Stopped by roller.");
        await().atMost(LONG).until(() -> !host.isMigrating());
    }

    @Test
    void everyActionIsRefusedWithoutItsPermissionAndToAGet() throws Exception {
        String live = deployed("release 2");
        for (String action : List.of("rollback", "watchAgain")) {
            assertThat(post("reader", PAGE + action, Map.of()).statusCode())
                    .as(action)
                    .isEqualTo(403);
            assertThat(post("promoter", PAGE + action, Map.of()).statusCode())
                    .as(action)
                    .isEqualTo(403);
        }
        Map<String, String> promotion = Map.of("to", NAME, "confirm", "DEPLOY");
        assertThat(post("reader", PAGE + "promote", promotion).statusCode()).isEqualTo(403);
        assertThat(post("roller", PAGE + "promote", promotion).statusCode()).isEqualTo(403);
        for (String form : List.of("rollbackForm", "watchForm")) {
            assertThat(get("reader", PAGE + form).statusCode()).as(form).isEqualTo(403);
            assertThat(get("roller", PAGE + form).statusCode()).as(form).isEqualTo(200);
        }
        for (String action : List.of("rollback", "watchAgain", "promote", "lookAgain")) {
            assertThat(get("roller", PAGE + action).statusCode()).as(action).isIn(404, 405);
        }
        assertThat(host.stack.live()).isEqualTo(live);
        assertThat(host.events()).doesNotContain("rollback.started");
    }

    @Test
    void onlyThoseWhoMayActReadTheLogsOfOperations() throws Exception {
        deployed("release 2");
        int number = number(post("roller", PAGE + "rollback", Map.of()));
        ended(number);

        assertThat(get("roller", "deployments/operation/" + number + "/").statusCode())
                .isEqualTo(200);
        for (String page : List.of("", "logText/progressiveText", "api/json")) {
            assertThat(get("reader", "deployments/operation/" + number + "/" + page)
                            .statusCode())
                    .as(page)
                    .isEqualTo(404);
        }
    }

    @Test
    void aDeploymentOfABuildIsSeenWithoutAnybodyAskingForIt() throws Exception {
        String sha = deployed("release 2");

        await().atMost(LONG).untilAsserted(() -> {
            DefinedEnvironment environment = DefinedEnvironment.find("", NAME).orElseThrow();
            assertThat(StatusBoard.get().of(environment).seen().live().getSha()).isEqualTo(sha);
        });
    }

    private static String deployed(String text) throws Exception {
        String sha = host.stack.release(text);
        jenkins.assertBuildStatusSuccess(
                new Pipelines(jenkins).run("deployPreprodFirst environment: '" + NAME + "', sha: '" + sha + "'"));
        return sha;
    }

    private static void validated(String text) throws Exception {
        String sha = deployed(text);
        host.gitHub.succeeded(sha, "build");
        jenkins.assertBuildStatusSuccess(
                new Pipelines(jenkins).run("watchCiAndRollback environment: '" + NAME + "', sha: '" + sha + "'"));
        assertThat(host.validated()).isEqualTo(sha);
    }

    private static JSONObject awaitLive(String sha) throws Exception {
        post("roller", PAGE + "lookAgain", Map.of());
        await().atMost(LONG).untilAsserted(() -> {
            JSONObject view = json(PAGE + "api/json?depth=2");
            assertThat(view.getJSONObject("live").getString("sha")).isEqualTo(sha);
            assertThat(view.getBoolean("looking")).isFalse();
        });
        return json(PAGE + "api/json?depth=2");
    }

    private static JournalEntry last() {
        List<JournalEntry> journal = host.journal();
        return journal.get(journal.size() - 1);
    }

    private static JSONObject ended(HttpResponse<String> begun) throws Exception {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        assertThat(begun.headers().firstValue("Location")).isPresent();
        JSONObject operation = ended(number(begun));
        operation.put("url", JSONObject.fromObject(begun.body()).getString("url"));
        return operation;
    }

    private static JSONObject ended(int number) throws Exception {
        String url = "deployments/operation/" + number + "/api/json";
        await().atMost(LONG).until(() -> !json(url).getBoolean("running"));
        return json(url);
    }

    private static int number(HttpResponse<String> begun) {
        return JSONObject.fromObject(begun.body()).getInt("number");
    }

    private static int number(String location) {
        return Integer.parseInt(location.replaceAll(".*/operation/(\\d+)/$", "$1"));
    }

    private static String log(JSONObject operation) throws Exception {
        return log(operation.getInt("number"));
    }

    private static String log(int number) throws Exception {
        return get("roller", "deployments/operation/" + number + "/logText/progressiveText")
                .body();
    }

    private static JSONObject json(String path) throws Exception {
        return JSONObject.fromObject(get("roller", path).body());
    }

    private static HttpResponse<String> get(String user, String path) throws Exception {
        return BROWSER.send(request(user, path).GET().build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String user, String path, Map<String, String> fields) throws Exception {
        return post(user, path, fields, "*/*");
    }

    private static HttpResponse<String> post(String user, String path, Map<String, String> fields, String accept)
            throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = request(user, path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", accept)
                .POST(BodyPublishers.ofString(body))
                .build();
        return BROWSER.send(request, BodyHandlers.ofString());
    }

    /** With an API token, as scripts have it: these need no crumb. */
    private static HttpRequest.Builder request(String user, String path) throws Exception {
        ApiTokenProperty tokens = User.getById(user, true).getProperty(ApiTokenProperty.class);
        String token = tokens.generateNewToken("test").plainValue;
        String login = Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(jenkins.getURL() + path)).header("Authorization", "Basic " + login);
    }
}
