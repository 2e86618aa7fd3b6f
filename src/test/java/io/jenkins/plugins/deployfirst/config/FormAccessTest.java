package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FormAccessTest {
    private static final String SSH = form("SshHostDefinition");
    private static final String LOCAL = form("LocalHostDefinition");

    private static JenkinsRule jenkins;

    private FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
        job = jenkins.createFreeStyleProject("app");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "developer")
                .grant(Item.CONFIGURE)
                .onItems(job)
                .to("developer"));
        Credentials.key("preprod-ssh", "deploy", "", "key");
        Credentials.text("github-token", "t0ken");
    }

    @Test
    void administratorsSeeTheCredentialsOfTheRightKinds() {
        try (ACLContext context = as("admin")) {
            assertThat(values(sshItems(null))).containsExactlyInAnyOrder("", "preprod-ssh", "chosen");
            assertThat(values(gitHubItems(null))).containsExactlyInAnyOrder("", "github-token", "chosen");
            assertThat(values(discordItems(null))).containsExactlyInAnyOrder("", "github-token", "chosen");
        }
    }

    @Test
    void whoeverMayConfigureAJobSeesItsCredentialsInTheJobOnly() {
        try (ACLContext context = as("developer")) {
            assertThat(values(sshItems(job))).containsExactlyInAnyOrder("", "preprod-ssh", "chosen");
            assertThat(values(sshItems(null))).containsExactly("chosen");
        }
    }

    @Test
    void othersSeeNoCredentialsAndGetNoAnswers() {
        for (String user : new String[] {"reader", "anonymous"}) {
            try (ACLContext context = as(user)) {
                assertThat(values(sshItems(job))).containsExactly("chosen");
                assertThat(values(gitHubItems(job))).containsExactly("chosen");
                assertThat(values(discordItems(job))).containsExactly("chosen");
                assertThat(values(sshItems(null))).containsExactly("chosen");
                assertThat(ssh().doCheckCredentialsId(job, "nothing", "").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(ssh().doCheckAddress(job, "").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(environment().doCheckJobs(null, "app").kind).isEqualTo(FormValidation.Kind.OK);
                assertThat(environment().doCheckJobs(null, "hidden").kind).isEqualTo(FormValidation.Kind.OK);
            }
        }
    }

    @Test
    void whoeverMayConfigureTheJobTestsTheSettingsThere() throws Exception {
        for (String method : List.of("testConnection", "showCode")) {
            assertThat(post("reader", "job/app/", method, SSH)).as(method).isEqualTo(403);
            assertThat(post("developer", "", method, SSH)).as(method).isEqualTo(403);
            assertThat(post("developer", "job/app/", method, SSH)).as(method).isEqualTo(200);
            assertThat(post("admin", "", method, SSH)).as(method).isEqualTo(200);
            assertThat(post("admin", "", method, "oops")).as(method).isEqualTo(400);
        }
    }

    @Test
    void onlyAdministratorsTestTheControllerItself() throws Exception {
        assertThat(post("developer", "job/app/", "testConnection", LOCAL)).isEqualTo(403);
        assertThat(post("admin", "", "testConnection", LOCAL)).isEqualTo(200);
    }

    @Test
    void onlyThoseWhoMayConfigureHaveATestMessageSent() throws Exception {
        assertThat(sendTestMessage("reader", "job/app/")).isEqualTo(403);
        assertThat(sendTestMessage("developer", "")).isEqualTo(403);
        assertThat(sendTestMessage("developer", "job/app/")).isEqualTo(200);
    }

    @Test
    void nothingIsAnsweredToAGet() throws Exception {
        for (String method :
                new String[] {"fillCredentialsIdItems", "checkCredentialsId?value=x", "checkAddress?value=x"}) {
            try (WebClient browser = client("admin")) {
                URL url = new URL(jenkins.getURL(), path(SshHostDefinition.class) + method);
                assertThat(browser.getPage(url).getWebResponse().getStatusCode())
                        .as(method)
                        .isIn(404, 405);
            }
        }
    }

    private int post(String user, String place, String method, String environment) throws Exception {
        return post(
                user,
                place + path(EnvironmentDefinition.class) + method,
                new NameValuePair("environment", environment));
    }

    private int sendTestMessage(String user, String place) throws Exception {
        return post(
                user,
                place + path(DiscordNotifierDefinition.class) + "sendTestMessage",
                new NameValuePair("credentialsId", "nothing"));
    }

    private int post(String user, String path, NameValuePair parameter) throws Exception {
        try (WebClient browser = client(user)) {
            WebRequest request = new WebRequest(browser.createCrumbedUrl(path), HttpMethod.POST);
            request.setRequestParameters(List.of(parameter));
            return browser.getPage(request).getWebResponse().getStatusCode();
        }
    }

    private WebClient client(String user) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .withThrowExceptionOnFailingStatusCode(false)
                .withBasicCredentials(user, user);
    }

    private static String form(String host) {
        return """
                {"name": "preprod", "directory": "/srv/app",
                 "host": {"stapler-class": "io.jenkins.plugins.deployfirst.config.%s", "address": "a@127.0.0.1:1"}}
                """.formatted(host);
    }

    private static String path(Class<?> definition) {
        return "descriptorByName/" + definition.getName() + "/";
    }

    private static ACLContext as(String user) {
        return user.equals("anonymous")
                ? ACL.as2(Jenkins.ANONYMOUS2)
                : ACL.as2(User.getById(user, true).impersonate2());
    }

    private static SshHostDefinition.DescriptorImpl ssh() {
        return ExtensionList.lookupSingleton(SshHostDefinition.DescriptorImpl.class);
    }

    private static EnvironmentDefinition.DescriptorImpl environment() {
        return ExtensionList.lookupSingleton(EnvironmentDefinition.DescriptorImpl.class);
    }

    private static ListBoxModel sshItems(Item item) {
        return ssh().doFillCredentialsIdItems(item, "chosen", "deploy@example.com");
    }

    private static ListBoxModel gitHubItems(Item item) {
        return ExtensionList.lookupSingleton(GitHubCiDefinition.DescriptorImpl.class)
                .doFillCredentialsIdItems(item, "chosen", "");
    }

    private static ListBoxModel discordItems(Item item) {
        return ExtensionList.lookupSingleton(DiscordNotifierDefinition.DescriptorImpl.class)
                .doFillCredentialsIdItems(item, "chosen");
    }

    private static String[] values(ListBoxModel items) {
        return items.stream().map(option -> option.value).toArray(String[]::new);
    }
}
