package io.jenkins.plugins.deployfirst.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import io.jenkins.plugins.deployfirst.testing.DiscordChannel;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import java.time.Duration;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Sends test messages to a channel. */
@WithJenkins
class TestMessageTest {
    private static final String MESSAGE = "This is a test message of Deploy First. Nothing was deployed.";

    private static DiscordChannel discord;
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        discord = DiscordChannel.start();
    }

    @AfterAll
    static void stop() {
        discord.close();
    }

    @BeforeEach
    void startAnew() throws Exception {
        SharedJenkins.startAnew(jenkins);
        discord.startAnew();
        Credentials.text("discord-webhook", discord.webhook());
    }

    @Test
    void theButtonHasTheMessageSentBeforeAnythingIsSaved() throws Exception {
        EnvironmentDefinition environment = Definitions.local("here");
        environment.setNotify(List.of(new DiscordNotifierDefinition("discord-webhook")));
        DeployFirstConfiguration.get().setEnvironments(List.of(environment));
        try (WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("configure");
            DomElement button = page.querySelector("button[data-validate-button-method='sendTestMessage']");
            browser.waitForBackgroundJavaScript(5000);

            button.click();

            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                browser.waitForBackgroundJavaScript(200);
                assertThat(page.asNormalizedText()).contains("Discord has taken it.");
            });
        }
        assertThat(discord.messages()).singleElement().asString().contains(MESSAGE);
    }

    @Test
    void whatIsWrongIsSaidWithoutTheAddress() throws Exception {
        Credentials.text("elsewhere", "http://discord.example.com/secret-address");

        FormValidation missing = TestMessage.send(WebhookService.DISCORD, "nothing", null);
        FormValidation clear = TestMessage.send(WebhookService.DISCORD, "elsewhere", null);

        assertThat(missing.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(missing.getMessage()).contains("notify.discord.credentialsId: Jenkins can use no credential");
        assertThat(clear.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(clear.getMessage())
                .contains("the webhook&#039;s address is not an https URL")
                .doesNotContain("secret-address");
    }
}
