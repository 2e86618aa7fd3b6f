package io.jenkins.plugins.deployfirst.engine.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Kind;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Link;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookPayloadsTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Message ROLLED_BACK = new Message(
            Kind.ROLLED_BACK,
            "preprod",
            SHA,
            "Ada",
            "Show prices",
            "preprod was taken back from 0123456 to fedcba9: 1 check failed.",
            "0123456 is refused until its CI succeeds.",
            "https://preprod.example.com/",
            List.of(
                    new Link("unit tests: failure", "https://ci.example.com/run/1"),
                    new Link("Build", "https://jenkins.example.com/job/a/1/")),
            List.of("$ npm test", "<b> adds numbers"));

    @Test
    void slackIsToldWithAllThatPeopleAskFor() throws Exception {
        assertThat(JSON.readTree(WebhookService.SLACK.body(ROLLED_BACK))).isEqualTo(JSON.readTree("""
                {
                  "attachments": [{
                    "fallback": "preprod: rolled back: preprod was taken back from 0123456 to fedcba9: 1 check failed.",
                    "color": "#E67E22",
                    "title": "preprod: rolled back",
                    "title_link": "https://preprod.example.com/",
                    "text": "preprod was taken back from 0123456 to fedcba9: 1 check failed.",
                    "fields": [
                      {"title": "Commit", "value": "0123456 Show prices", "short": false},
                      {"title": "Author", "value": "Ada", "short": false},
                      {"title": "Next", "value": "0123456 is refused until its CI succeeds.", "short": false},
                      {"title": "Links", "value": "<https://ci.example.com/run/1|unit tests: failure>\\n<https://jenkins.example.com/job/a/1/|Build>", "short": false},
                      {"title": "Log", "value": "$ npm test\\n&lt;b&gt; adds numbers", "short": false}
                    ],
                    "mrkdwn_in": []
                  }]
                }
                """));
    }

    @Test
    void aServiceOfOnesOwnIsToldEveryPartUnderItsName() throws Exception {
        assertThat(JSON.readTree(WebhookService.WEBHOOK.body(ROLLED_BACK))).isEqualTo(JSON.readTree("""
                {
                  "kind": "rolled_back",
                  "failure": true,
                  "environment": "preprod",
                  "sha": "0123456789abcdef0123456789abcdef01234567",
                  "author": "Ada",
                  "subject": "Show prices",
                  "headline": "preprod was taken back from 0123456 to fedcba9: 1 check failed.",
                  "next": "0123456 is refused until its CI succeeds.",
                  "url": "https://preprod.example.com/",
                  "links": [
                    {"text": "unit tests: failure", "url": "https://ci.example.com/run/1"},
                    {"text": "Build", "url": "https://jenkins.example.com/job/a/1/"}
                  ],
                  "log": "$ npm test\\n<b> adds numbers"
                }
                """));
    }

    @ParameterizedTest
    @CsvSource({
        "<!channel>, &lt;!channel&gt;",
        "a & b, a &amp; b",
        "@here, @\u2060here",
        "<https://evil|pay>, &lt;https://evil|pay&gt;",
        "*bold* _x_, *bold* _x_"
    })
    void untrustedTextIsOnlyTextOnSlack(String subject, String shown) throws Exception {
        JsonNode fields = attachment(WebhookService.SLACK.body(message(Kind.DEPLOYED, subject, List.of())))
                .get("fields");
        assertThat(fields.get(0).get("value").asText()).isEqualTo("0123456 " + shown);
    }

    @Test
    void anAddressOnSlackCannotEndItsLinkEarly() throws Exception {
        Link link = new Link("a|b>c", "https://ci.example.com/x");
        JsonNode fields = attachment(WebhookService.SLACK.body(message(Kind.FAILED, "s", List.of(link))))
                .get("fields");
        assertThat(fields.get(2).get("value").asText()).isEqualTo("<https://ci.example.com/x|a/b&gt;c>");
    }

    @ParameterizedTest
    @EnumSource(WebhookService.class)
    void noTextIsTooLong(WebhookService service) throws Exception {
        String text = "😀".repeat(20_000);
        List<Link> links = Collections.nCopies(1000, new Link(text, "https://host/" + "p".repeat(380)));
        Message message = new Message(Kind.FAILED, text, text, text, text, text, text, "https://host/", links);

        String body = service.body(message);

        assertThat(body).hasSizeLessThan(64 * 1024);
        assertThat(JSON.readTree(body)).isNotEmpty();
        assertThat(body.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindHasItsColourOnSlack(Kind kind) throws Exception {
        assertThat(attachment(WebhookService.SLACK.body(message(kind, "s", List.of())))
                        .get("color")
                        .asText())
                .matches("#[0-9A-F]{6}");
    }

    private static Message message(Kind kind, String subject, List<Link> links) {
        return new Message(kind, "preprod", SHA, "", subject, "headline", "next", "", links);
    }

    private static JsonNode attachment(String body) throws Exception {
        return JSON.readTree(body).get("attachments").get(0);
    }
}
