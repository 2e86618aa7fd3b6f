package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FormAccessTest {
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
    void onlyAdministratorsTestConnections() throws Exception {
        for (String user : new String[] {"reader", "developer"}) {
            assertThat(post(user, SshHostDefinition.class)).isEqualTo(403);
            assertThat(post(user, LocalHostDefinition.class)).isEqualTo(403);
        }
        assertThat(post("admin", SshHostDefinition.class)).isEqualTo(200);
        try (ACLContext context = as("developer")) {
            assertThatThrownBy(() ->
                            new LocalHostDefinition.DescriptorImpl().doTestConnection(job, "a", "/srv/app", "", "", ""))
                    .isInstanceOf(AccessDeniedException3.class);
        }
    }

    @Test
    void nothingIsAnsweredToAGet() throws Exception {
        for (String method : new String[] {
            "testConnection", "fillCredentialsIdItems", "checkCredentialsId?value=x", "checkAddress?value=x"
        }) {
            try (WebClient browser = client("admin")) {
                URL url = new URL(jenkins.getURL(), path(SshHostDefinition.class) + method);
                assertThat(browser.getPage(url).getWebResponse().getStatusCode())
                        .as(method)
                        .isIn(404, 405);
            }
        }
    }

    private int post(String user, Class<?> host) throws Exception {
        try (WebClient browser = client(user)) {
            WebRequest request =
                    new WebRequest(browser.createCrumbedUrl(path(host) + "testConnection"), HttpMethod.POST);
            return browser.getPage(request).getWebResponse().getStatusCode();
        }
    }

    private WebClient client(String user) throws Exception {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withBasicCredentials(user, user);
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
