package io.jenkins.plugins.deployfirst.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import io.jenkins.plugins.deployfirst.config.Definitions;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.FolderEnvironments;
import io.jenkins.plugins.deployfirst.config.GitHubCiDefinition;
import io.jenkins.plugins.deployfirst.engine.deploy.Commit;
import io.jenkins.plugins.deployfirst.engine.deploy.StatusResult;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page "Deployments" shows to whom, without any host that answers. */
@WithJenkins
class DeploymentsPageTest {
    private static final String LIVE = "1111111111111111111111111111111111111111";
    private static final String GOOD = "2222222222222222222222222222222222222222";
    private static final String EVIL = "<script>window.evil = 1</script><img src=x onerror=evil()>";

    private static final String PAGES = "https://github.com/owner/shop/commit/";

    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private static final List<JenkinsRule.WebClient> BROWSERS = new ArrayList<>();

    private static JenkinsRule jenkins;
    private static SilentHost silent;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
        silent = SilentHost.start();
    }

    @AfterEach
    void stop() throws Exception {
        // Else each page that was ever opened goes on looking for what is new.
        BROWSERS.forEach(JenkinsRule.WebClient::close);
        BROWSERS.clear();
        silent.close();
    }

    @Test
    void anEmptyPageSaysWhatComesNext() throws Exception {
        HtmlPage page = page("deployments/");

        assertThat(page.asNormalizedText())
                .contains("No environment is defined that you may see.")
                .contains("Define the first environment")
                .contains("deployPreprodFirst environment: 'preprod'");
        assertThat(page.getAnchorByText("Define the first environment").getHrefAttribute())
                .endsWith("/manage/configure");
    }

    @Test
    void theExampleOnTheEmptyPageIsUnderstoodAsItStandsThere() throws Exception {
        Credentials.key("preprod-ssh", "deploy", "", "key");
        Credentials.text("github-token", "t0ken");
        String example = DeploymentsPage.get().getExample();

        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(example.getBytes(StandardCharsets.UTF_8))));

        assertThat(DeployFirstConfiguration.get().getEnvironments())
                .extracting(EnvironmentDefinition::getName)
                .containsExactly("preprod");
    }

    @Test
    void whoeverMayDefineNothingIsToldWhomToAsk() throws Exception {
        authorize(Jenkins.READ);

        assertThat(page("deployments/", "reader").asNormalizedText())
                .contains("Ask an administrator")
                .doesNotContain("Define the first environment");
    }

    @Test
    void liveAgainstValidatedIsShownWithTheLastEvents() throws Exception {
        define(withCi("preprod"));
        know("preprod", status("Say hello", "healthy"));

        String text = row("preprod").asNormalizedText();

        assertThat(text)
                .contains("1111111", "Say hello", "Ada Lovelace", "2222222", "Open")
                .contains("live is 3 commits ahead")
                .contains("healthy")
                .contains("no verdict of CI")
                .contains("1111111 went live");
        assertThat(attribute("preprod", "data-attention")).isEqualTo("true");
    }

    @Test
    void whatOthersWroteIsShownAsText() throws Exception {
        define(withCi("preprod"));
        know("preprod", status(EVIL, "unhealthy: " + EVIL));

        for (String url : List.of("deployments/", "deployments/environment/preprod/")) {
            HtmlPage page = page(url);
            assertThat(page.querySelectorAll("img[src=x]")).as(url).isEmpty();
            assertThat(page.executeJavaScript("typeof window.evil").getJavaScriptResult())
                    .as(url)
                    .isEqualTo("undefined");
            assertThat(page.asNormalizedText()).as(url).contains("onerror=evil()");
        }
        for (String url : List.of("deployments/rows", "deployments/environment/preprod/body")) {
            assertThat(get(url).body()).as(url).doesNotContain("<script>window", "<img src=x");
        }
        assertThat(get("deployments/environment/preprod/badge.svg").body()).doesNotContain("<script");
    }

    @Test
    void fiveHundredEnvironmentsWhoseHostsAreSilentAreShownWithoutWaitingForOne() throws Exception {
        Credentials.password("key", "deploy", "secret");
        List<EnvironmentDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            definitions.add(Definitions.ssh("e" + i, silent.address(), "key"));
        }
        DeployFirstConfiguration.get().setEnvironments(definitions);

        String page = get("deployments/").body();

        assertThat(page.split("<tr data-part=", -1)).hasSize(501);
        assertThat(page).contains("Not looked at yet").doesNotContain("Cannot be reached");
        await().atMost(Duration.ofMinutes(1)).until(() -> silent.connections() > 0);
        assertThat(get("deployments/rows").body().split("<tr data-part=", -1)).hasSize(501);
        await().atMost(Duration.ofMinutes(1)).until(() -> silent.connections() > LookQueue.AT_ONCE);
        assertThat(silent.mostAtOnce()).isLessThanOrEqualTo(LookQueue.AT_ONCE);
    }

    @Test
    void aHostThatIsDownIsToldWithWhatWasKnownLast() throws Exception {
        define(Definitions.ssh("preprod", "deploy@127.0.0.1:1", "key"));
        know("preprod", status("Say hello", "healthy"));

        StatusBoard.get().lookNow(environment("preprod"));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                StatusBoard.get().of(environment("preprod")).isFailing())
                        .isTrue());

        assertThat(row("preprod").asNormalizedText())
                .contains("Cannot be reached, since", "127.0.0.1:1", "Looked at", "Say hello");
        JSONObject json = json("deployments/environment/preprod/api/json");
        assertThat(json.getBoolean("reachable")).isFalse();
        assertThat(json.getString("failingSince")).isNotEmpty();
        assertThat(json.getJSONObject("live").getString("subject")).isEqualTo("Say hello");
    }

    @Test
    void anEnvironmentThatIsRenamedLeavesNothingBehind() throws Exception {
        define(withCi("preprod"));
        know("preprod", status("Say hello", "healthy"));
        Path file = jenkins.jenkins.getRootDir().toPath().resolve("deploy-first/status/preprod.xml");
        assertThat(file).exists();

        define(withCi("staging"));

        assertThat(file).doesNotExist();
        assertThat(get("deployments/environment/preprod/").statusCode()).isEqualTo(404);
        assertThat(row("staging").asNormalizedText()).contains("Not looked at yet");
    }

    @Test
    void anEnvironmentWhoseHostWasChangedIsNotShownWithWhatTheOldOneRan() throws Exception {
        define(withCi("preprod"));
        know("preprod", status("Say hello", "healthy"));
        EnvironmentDefinition moved = Definitions.ssh("preprod", "elsewhere@127.0.0.1:1", "key");
        DeployFirstConfiguration.get().setEnvironments(List.of(moved));

        assertThat(row("preprod").asNormalizedText())
                .contains("Not looked at yet")
                .doesNotContain("Say hello");
    }

    @Test
    void environmentsOfFoldersAreShownToThoseWhoMayReadThemAndKeptWithThem() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        team.addProperty(new FolderEnvironments(List.of(withCi("preprod"))));
        DefinedEnvironment defined = DefinedEnvironment.find("team", "preprod").orElseThrow();
        StatusFiles.write(defined, seen(defined, status("Of the team", "healthy")));
        authorize(Jenkins.READ);

        assertThat(page("deployments/", "admin").asNormalizedText()).contains("team", "Of the team");
        assertThat(page("deployments/", "reader").asNormalizedText()).doesNotContain("Of the team");
        assertThat(get("deployments/environment/team:preprod/", "reader").statusCode())
                .isEqualTo(404);
        team.renameTo("crew");
        assertThat(page("deployments/environment/crew:preprod/", "admin").asNormalizedText())
                .contains("Of the team");
    }

    @Test
    void anEnvironmentThatIsRestrictedToJobsIsShownToThoseWhoSeeOneOfThem() throws Exception {
        FreeStyleProject secret = jenkins.createFreeStyleProject("secret");
        FreeStyleProject open = jenkins.createFreeStyleProject("open");
        EnvironmentDefinition hidden = withCi("hidden");
        hidden.setJobs(List.of("secret"));
        EnvironmentDefinition shown = withCi("shown");
        shown.setJobs(List.of("op*"));
        DeployFirstConfiguration.get().setEnvironments(List.of(hidden, shown));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(open)
                .toEveryone()
                .grant(Item.READ)
                .onItems(secret)
                .to("insider")
                .grant(DeployPermissions.VIEW)
                .onRoot()
                .to("viewer"));

        assertThat(page("deployments/", "reader").asNormalizedText())
                .contains("shown")
                .doesNotContain("hidden");
        assertThat(get("deployments/environment/hidden/", "reader").statusCode())
                .isEqualTo(404);
        assertThat(page("deployments/", "insider").asNormalizedText()).contains("shown", "hidden");
        assertThat(page("deployments/", "viewer").asNormalizedText()).contains("shown", "hidden");
    }

    @Test
    void namesOfJobsThatTheUserMayNotReadAreLeftOut() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("secret-job");
        jenkins.buildAndAssertSuccess(job);
        define(withCi("preprod"));
        know("preprod", status("Say hello", "healthy"));
        authorize(Jenkins.READ);

        assertThat(page("deployments/", "admin")
                        .getAnchorByText("secret-job #1, started by alice")
                        .getHrefAttribute())
                .endsWith("/job/secret-job/1/");
        for (String url : List.of("deployments/", "deployments/environment/preprod/")) {
            assertThat(page(url, "reader").asXml()).contains("a build").doesNotContain("secret-job");
        }
        assertThat(get("deployments/api/json?depth=2", "reader").body()).doesNotContain("secret-job");
    }

    @Test
    void aBuildThatIsDeletedIsNamedWithoutALink() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("secret-job");
        jenkins.buildAndAssertSuccess(job).delete();
        define(withCi("preprod"));
        know("preprod", status("Say hello", "healthy"));

        DomNode row = row("preprod");

        assertThat(row.asNormalizedText()).contains("secret-job #1, started by alice");
        assertThat(row.querySelectorAll("a.deploy-first-by")).isEmpty();
    }

    @Test
    void commitsLinkToTheirPageWhereTheirCiHasOne() throws Exception {
        define(withCi("preprod"));
        DefinedEnvironment preprod = environment("preprod");
        SeenStatus seen = new SeenStatus(status("Say hello", "healthy").toMap());
        know(seen.withPages(sha -> sha.equals(LIVE) ? PAGES + sha : "javascript:alert(1)"));

        for (String url : List.of("deployments/", "deployments/environment/preprod/")) {
            HtmlPage page = page(url);
            assertThat(page.getAnchorByText("1111111").getHrefAttribute()).isEqualTo(PAGES + LIVE);
            assertThat(page.asXml()).contains("2222222").doesNotContain("javascript:alert");
        }
        assertThat(json("deployments/environment/preprod/api/json")
                        .getJSONObject("live")
                        .getString("url"))
                .isEqualTo(PAGES + LIVE);
        assertThat(StatusFiles.read(preprod).seen().live().getUrl())
                .as("kept across restarts")
                .isEqualTo(PAGES + LIVE);
    }

    @Test
    void theFormOfARollbackTellsWhatBecameOfEachRelease() throws Exception {
        define(withCi("preprod"));
        String bad = "3333333333333333333333333333333333333333";
        Map<String, Object> status =
                new LinkedHashMap<>(status("Say hello", "healthy").toMap());
        status.put(
                "journal",
                List.of(
                        Map.of("event", "deploy.succeeded", "sha", bad),
                        Map.of("event", "rollback.started", "sha", GOOD, "rejected", bad, "cause", "ci"),
                        Map.of("event", "rollback.succeeded", "sha", GOOD, "previousSha", bad),
                        Map.of("event", "deploy.succeeded", "sha", LIVE)));
        know(new SeenStatus(status));

        HtmlPage form = page("deployments/environment/preprod/rollbackForm");

        assertThat(form.asNormalizedText()).contains("3333333", "rejected: its CI failed");
        assertThat(form.querySelectorAll("input[name=to]")).hasSize(2);
        assertThat(form.<DomElement>querySelector("input[name=to][checked]").getAttribute("value"))
                .isEmpty();
    }

    @Test
    void anEnvironmentOfAFolderWhoseHostIsTheAgentSaysThatItCannotBeLookedAt() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        team.addProperty(new FolderEnvironments(List.of(Definitions.local("here"))));

        DomNode row = row("team:here");

        assertThat(row.asNormalizedText())
                .contains("Its host is the agent of the step that uses it (host: local)")
                .doesNotContain("Cannot be reached", "Not looked at yet");
        assertThat(row.querySelectorAll("button")).isEmpty();
        assertThat(attribute("team:here", "data-attention")).isEqualTo("false");
        assertThat(json("deployments/environment/team:here/api/json").getBoolean("onAgents"))
                .isTrue();
    }

    @Test
    void theRestApiTellsAllOfIt() throws Exception {
        define(withCi("preprod"));
        know("preprod", status("Say hello", "unhealthy: 503"));

        JSONObject environment =
                json("deployments/api/json").getJSONArray("environments").getJSONObject(0);

        assertThat(environment.getString("name")).isEqualTo("preprod");
        assertThat(environment.getString("url")).endsWith("/deployments/environment/preprod/");
        assertThat(environment.getJSONObject("live").getString("sha")).isEqualTo(LIVE);
        assertThat(environment.getJSONObject("validated").getString("subject")).isEqualTo("Open");
        assertThat(environment.getInt("ahead")).isEqualTo(3);
        assertThat(environment.getString("health")).isEqualTo("UNHEALTHY");
        assertThat(environment.getString("healthReason")).isEqualTo("503");
        assertThat(environment.getJSONArray("attention").toString()).isEqualTo("[\"UNHEALTHY\",\"NOT_VALIDATED\"]");
        assertThat(environment.getJSONArray("actions").toString()).contains("ROLLBACK", "LOOK_AGAIN", "WATCH_AGAIN");
        assertThat(environment.getJSONArray("journal").getJSONObject(0).getString("event"))
                .isEqualTo("deploy.succeeded");
        assertThat(json("deployments/environment/preprod/api/json").getString("seenAt"))
                .startsWith("20");
    }

    @Test
    void aBadgeIsSentAgainOnlyWhenItHasChanged() throws Exception {
        define(withCi("preprod"));
        know("preprod", status("Say hello", "healthy"));
        String url = "deployments/environment/preprod/badge.svg";
        HttpResponse<String> first = get(url);

        assertThat(first.headers().firstValue("Content-Type")).hasValue("image/svg+xml;charset=UTF-8");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(first.body()).contains("preprod", "1111111, no verdict of CI");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(BROWSER.send(request(url).header("If-None-Match", tag).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void whoeverMayOnlyViewGetsTheBadgeAndNothingElse() throws Exception {
        define(withCi("preprod"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(DeployPermissions.VIEW)
                .onRoot()
                .to("anonymous"));

        assertThat(get("deployments/environment/preprod/badge.svg").statusCode())
                .isEqualTo(200);
        for (String url : List.of(
                "deployments/",
                "deployments/api/json",
                "deployments/rows",
                "deployments/environment/preprod/",
                "deployments/environment/preprod/api/json",
                "deployments/environment/preprod/body")) {
            assertThat(get(url).statusCode()).as(url).isEqualTo(403);
        }
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
        assertThat(get("deployments/environment/preprod/badge.svg").statusCode())
                .isNotEqualTo(200);
    }

    @Test
    void buttonsAreShownToThoseWhoMayUseThem() throws Exception {
        define(withCi("preprod"), withCi("prod"));
        know("preprod", status("Say hello", "healthy"));
        authorize(Jenkins.READ);

        assertThat(buttons("reader")).containsExactly("Look again");
        assertThat(buttons("roller")).containsExactly("Look again", "Watch CI again", "Roll back");
        assertThat(buttons("promoter")).containsExactly("Look again", "Promote");
        assertThat(buttons("admin")).containsExactly("Look again", "Watch CI again", "Promote", "Roll back");
    }

    private List<String> buttons(String user) throws Exception {
        return page("deployments/", user).querySelectorAll("[data-part=preprod] button").stream()
                .map(button -> button.getAttributes().getNamedItem("tooltip").getNodeValue())
                .toList();
    }

    /** Grants {@code reader} one permission, {@code roller} and {@code promoter} theirs, and {@code admin} all. */
    private static void authorize(Permission read) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(read)
                .onRoot()
                .toEveryone()
                .grant(DeployPermissions.ROLLBACK)
                .onRoot()
                .to("roller")
                .grant(DeployPermissions.PROMOTE)
                .onRoot()
                .to("promoter")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    private static EnvironmentDefinition withCi(String name) {
        EnvironmentDefinition environment = Definitions.ssh(name, silent.address(), "key");
        environment.setCi(new GitHubCiDefinition("owner/shop"));
        return environment;
    }

    private static void define(EnvironmentDefinition... environments) throws Exception {
        Credentials.password("key", "deploy", "secret");
        DeployFirstConfiguration.get().setEnvironments(List.of(environments));
    }

    private static DefinedEnvironment environment(String name) {
        return DefinedEnvironment.find("", name).orElseThrow();
    }

    /** Has Jenkins remember a look at an environment. */
    private static void know(String name, StatusResult status) {
        StatusFiles.write(environment(name), seen(environment(name), status));
    }

    private static void know(SeenStatus seen) throws Exception {
        DefinedEnvironment preprod = environment("preprod");
        StatusFiles.write(preprod, KnownStatus.none(preprod.place()).seen(seen, System.currentTimeMillis()));
    }

    private static KnownStatus seen(DefinedEnvironment environment, StatusResult status) {
        return KnownStatus.none(environment.place()).seen(new SeenStatus(status.toMap()), System.currentTimeMillis());
    }

    private static StatusResult status(String subject, String health) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("time", Instant.now().toString());
        fields.put("event", "deploy.succeeded");
        fields.put("by", "Jenkins, secret-job #1, started by alice");
        fields.put("sha", LIVE);
        Commit live = new Commit(LIVE, "Ada Lovelace", subject, "2026-03-04T05:00:00+01:00");
        Commit good = new Commit(GOOD, "Ada Lovelace", "Open", "2026-03-03T05:00:00+01:00");
        return new StatusResult(
                "preprod",
                live,
                "",
                Instant.now().toString(),
                good,
                "",
                3,
                0,
                false,
                "",
                health,
                List.of(new JournalEntry(fields)),
                List.of(live, good));
    }

    private static DomNode row(String key) throws Exception {
        return page("deployments/").querySelector("[data-part='" + key + "']");
    }

    private static String attribute(String key, String name) throws Exception {
        return row(key).getAttributes().getNamedItem(name).getNodeValue();
    }

    private static HtmlPage page(String url) throws Exception {
        return browser().goTo(url);
    }

    private static HtmlPage page(String url, String user) throws Exception {
        return browser().withBasicCredentials(user, user).goTo(url);
    }

    private static JenkinsRule.WebClient browser() {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        BROWSERS.add(browser);
        return browser;
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return BROWSER.send(request(url).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String url, String user) throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return BROWSER.send(
                request(url).header("Authorization", "Basic " + login).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String url) throws Exception {
        return HttpRequest.newBuilder(URI.create(jenkins.getURL() + url));
    }

    private static JSONObject json(String url) throws Exception {
        return JSONObject.fromObject(get(url + "?depth=2").body());
    }
}
