package io.jenkins.plugins.deployfirst;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.config.LocalHostDefinition;
import io.jenkins.plugins.deployfirst.overview.EnvironmentPage;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.verb.POST;

/** Walks everything of the plugin that a browser can call. */
@WithJenkins
class EndpointsTest {
    private static final String PACKAGE = "io.jenkins.plugins.deployfirst";
    private static final List<String> SECRETS =
            List.of("preprod-ssh", "github-token", "secret-environment", "secret-job");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(PACKAGE);

    /** What reaches out, or shows settings. */
    private static final Pattern REACHING_OUT = Pattern.compile("/(testConnection|sendTestMessage|showCode)\\?");

    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private static JenkinsRule jenkins;
    private static String crumb;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (WebClient browser = rule.createWebClient()) {
            crumb = browser.createCrumbedUrl("").getQuery();
        }
        FreeStyleProject job = rule.createFreeStyleProject("app");
        rule.createFreeStyleProject("secret-job");
        Credentials.key("preprod-ssh", "deploy", "", "key");
        Credentials.text("github-token", "t0ken");
        DeployFirstConfiguration.get()
                .setEnvironments(List.of(
                        new EnvironmentDefinition("secret-environment", new LocalHostDefinition(), "/srv/app")));
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "anonymous")
                .grant(Item.READ)
                .onItems(job)
                .to("reader", "anonymous"));
    }

    @Test
    void everyEndpointTakesPostsOnly() {
        List<JavaMethod> endpoints = endpoints();

        assertThat(endpoints).hasSizeGreaterThan(30);
        assertThat(endpoints)
                // A picture is read.
                .filteredOn(endpoint -> !endpoint.getName().equals("doBadge"))
                .allSatisfy(endpoint -> assertThat(endpoint.isAnnotatedWith(POST.class))
                        .as(endpoint.getFullName())
                        .isTrue());
    }

    @Test
    void everyEndpointIsOneOfADescriptorWhichThisTestWalks() {
        assertThat(endpoints())
                // What CI servers call, and the page of all environments, have tests of their own.
                .filteredOn(endpoint -> !isIn(endpoint, ".webhook") && !isIn(endpoint, ".overview"))
                .allSatisfy(endpoint -> assertThat(endpoint.getOwner().isAssignableTo(Descriptor.class))
                        .as(endpoint.getFullName())
                        .isTrue());
    }

    @Test
    void nothingIsAnsweredToAGet() throws Exception {
        List<String> urls = urls();

        assertThat(urls).hasSizeGreaterThan(60);
        for (String url : urls) {
            assertThat(send("GET", "admin", url).statusCode()).as(url).isIn(404, 405);
        }
    }

    @Test
    void whoeverMayConfigureNothingLearnsNoNameAndTestsNoConnection() throws Exception {
        for (String user : List.of("reader", "anonymous")) {
            for (String url : urls()) {
                HttpResponse<String> answer = send("POST", user, url);
                if (REACHING_OUT.matcher(url).find()) {
                    assertThat(answer.statusCode()).as(user + " " + url).isEqualTo(403);
                } else {
                    assertThat(answer.body()).as(user + " " + url).doesNotContain(SECRETS);
                }
            }
        }
    }

    @Test
    void whoeverMayOnlyReadChangesNothingOnThePageOfAllEnvironments() throws Exception {
        List<String> actions = endpoints().stream()
                .filter(endpoint -> endpoint.getOwner().isEquivalentTo(EnvironmentPage.class))
                .filter(endpoint -> endpoint.isAnnotatedWith(POST.class))
                .map(endpoint -> url(endpoint.getName()))
                .filter(action -> !action.equals("lookAgain"))
                .toList();

        assertThat(actions).contains("rollback", "promote", "watchAgain");
        for (String action : actions) {
            String url = "deployments/environment/secret-environment/" + action
                    + "?to=secret-environment&confirm=DEPLOY&sha=abcdef";
            for (String user : List.of("reader", "anonymous")) {
                assertThat(send("POST", user, url).statusCode())
                        .as(user + " " + url)
                        .isEqualTo(403);
            }
            assertThat(send("GET", "admin", url).statusCode()).as(url).isIn(404, 405);
        }
        assertThat(send("GET", "admin", "deployments/lookAgain?").statusCode()).isIn(404, 405);
    }

    /** Else the test above would find nothing because there is nothing. */
    @Test
    void administratorsLearnThemAll() throws Exception {
        StringBuilder answers = new StringBuilder();
        for (String url : urls()) {
            if (!REACHING_OUT.matcher(url).find()) {
                answers.append(send("POST", "admin", url).body());
            }
        }

        assertThat(answers).contains("preprod-ssh", "github-token", "secret-environment");
    }

    private static boolean isIn(JavaMethod endpoint, String part) {
        return endpoint.getOwner().getPackageName().equals(PACKAGE + part);
    }

    /** Returns what stands in the address for a method. */
    private static String url(String method) {
        return Character.toLowerCase(method.charAt(2)) + method.substring(3);
    }

    private static List<JavaMethod> endpoints() {
        return CLASSES.stream()
                .filter(type -> !type.getPackageName().startsWith(PACKAGE + ".engine"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().matches("do[A-Z].*"))
                .toList();
    }

    /** Returns the addresses of all endpoints, below Jenkins and below the job, with values that a check refuses. */
    private static List<String> urls() {
        List<String> urls = new ArrayList<>();
        for (Descriptor<?> descriptor : descriptors()) {
            Stream.of(descriptor.getClass().getMethods())
                    .map(method -> method.getName())
                    .filter(name -> name.matches("do[A-Z].*"))
                    .filter(name -> endpoints().stream()
                            .anyMatch(endpoint -> endpoint.getName().equals(name)))
                    .distinct()
                    .map(name -> "descriptorByName/" + descriptor.getId() + "/" + url(name) + "?value=secret%20*")
                    .forEach(path -> {
                        urls.add(path);
                        urls.add("job/app/" + path);
                    });
        }
        return urls;
    }

    @SuppressWarnings("rawtypes")
    private static List<Descriptor> descriptors() {
        return ExtensionList.lookup(Descriptor.class).stream()
                .filter(descriptor -> descriptor.getClass().getName().startsWith(PACKAGE))
                .toList();
    }

    private static HttpResponse<String> send(String method, String user, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(new URL(jenkins.getURL(), path + "&" + crumb).toURI())
                .method(method, BodyPublishers.noBody());
        if (!user.equals("anonymous")) {
            String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + login);
        }
        return BROWSER.send(request.build(), BodyHandlers.ofString());
    }
}
