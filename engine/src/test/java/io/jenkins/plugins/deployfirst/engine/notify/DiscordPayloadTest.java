package io.jenkins.plugins.deployfirst.engine.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Kind;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Link;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscordPayloadTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aRollbackIsToldWithAllThatPeopleAskFor() throws Exception {
        Message message = new Message(
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
                        new Link("Build", "https://jenkins.example.com/job/a/1/")));
        assertThat(JSON.readTree(DiscordPayload.of(message))).isEqualTo(JSON.readTree("""
                        {
                          "allowed_mentions": {"parse": []},
                          "embeds": [{
                            "title": "preprod\\\\: rolled back",
                            "url": "https://preprod.example.com/",
                            "description": "preprod was taken back from 0123456 to fedcba9\\\\: 1 check failed.",
                            "color": 15105570,
                            "fields": [
                              {"name": "Commit", "value": "0123456 Show prices"},
                              {"name": "Author", "value": "Ada"},
                              {"name": "Next", "value": "0123456 is refused until its CI succeeds."},
                              {"name": "Site", "value": "https://preprod.example.com/"},
                              {"name": "Links", "value": "[unit tests\\\\: failure](https://ci.example.com/run/1)\\n[Build](https://jenkins.example.com/job/a/1/)"}
                            ]
                          }]
                        }
                        """));
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws Exception {
        Message message = new Message(Kind.DOWN, "prod", "", "", "", "prod does not answer.", "", "", List.of());
        assertThat(JSON.readTree(DiscordPayload.of(message))).isEqualTo(JSON.readTree("""
                        {
                          "allowed_mentions": {"parse": []},
                          "embeds": [{
                            "title": "prod\\\\: down",
                            "description": "prod does not answer.",
                            "color": 15158332,
                            "fields": []
                          }]
                        }
                        """));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindHasATitleAndAColour(Kind kind) throws Exception {
        JsonNode embed = embed(message(kind, "subject", List.of()));
        assertThat(embed.get("title").asText()).hasSizeGreaterThan("preprod\\: ".length());
        assertThat(embed.get("color").asInt()).isBetween(1, 0xFFFFFF);
    }

    @ParameterizedTest
    @CsvSource({
        "@everyone, \\@everyone",
        "<@123>, \\<\\@123\\>",
        "[pay](https://evil), \\[pay\\]\\(https\\://evil\\)",
        "**bold** __x__ ~~y~~, \\*\\*bold\\*\\* \\_\\_x\\_\\_ \\~\\~y\\~\\~",
        "`code` ||spoiler||, \\`code\\` \\|\\|spoiler\\|\\|",
        "# heading, \\# heading",
        "> quote, \\> quote",
        "- item, \\- item",
        ":tada:, \\:tada\\:",
        "a\\*b, a\\\\\\*b"
    })
    void untrustedTextShowsAsItWasWritten(String subject, String shown) throws Exception {
        JsonNode embed = embed(message(Kind.DEPLOYED, subject, List.of()));
        assertThat(field(embed, "Commit")).isEqualTo("0123456 " + shown);
    }

    @Test
    void untrustedTextStaysInOneLine() throws Exception {
        JsonNode embed = embed(message(Kind.DEPLOYED, "one\r\ntwo\u2028three\u202e", List.of()));
        assertThat(field(embed, "Commit")).isEqualTo("0123456 one two three");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "javascript:alert(1)", "/relative", "https://", "ftp://host/", "not a url", "https://h/a b"})
    void anAddressThatNobodyCouldFollowIsNoLink(String url) throws Exception {
        JsonNode embed = embed(message(Kind.FAILED, "s", List.of(new Link("lint", url))));
        assertThat(field(embed, "Links")).isEqualTo("lint");
    }

    @Test
    void anAddressCannotEndItsLinkEarly() throws Exception {
        JsonNode embed = embed(message(Kind.FAILED, "s", List.of(new Link("a](b)", "https://ci/x)(y"))));
        assertThat(field(embed, "Links")).isEqualTo("[a\\]\\(b\\)](https://ci/x%29%28y)");
    }

    @Test
    void userInformationIsInNoAddress() {
        assertThat(Markdown.address("https://user:s3cret@host/a")).contains("https://host/a");
    }

    @Test
    void linksThatDoNotFitAreCounted() throws Exception {
        List<Link> many = IntStream.range(0, 200)
                .mapToObj(i -> new Link("check " + i, "https://ci.example.com/runs/" + i))
                .toList();
        String links = field(embed(message(Kind.FAILED, "s", many)), "Links");
        assertThat(links).hasSizeLessThanOrEqualTo(1024).startsWith("[check 0](https://ci.example.com/runs/0)\n");
        int shown = links.split("\n").length - 1;
        assertThat(links).endsWith("\nand " + (200 - shown) + " more");
    }

    @Test
    void theEndOfTheLogStandsInABlockThatItCannotLeave() throws Exception {
        List<String> log = List.of("x".repeat(600), "# not a heading", "``` @everyone");
        Message message = new Message(Kind.ROLLED_BACK, "preprod", SHA, "", "", "headline", "", "", List.of(), log);

        JsonNode fields = JSON.readTree(DiscordPayload.of(message)).at("/embeds/0/fields");

        assertThat(fields.get(fields.size() - 1).get("name").asText()).isEqualTo("Log");
        assertThat(fields.get(fields.size() - 1).get("value").asText())
                .startsWith("```\nxxx")
                .endsWith("x…\n# not a heading\n’’’ @everyone\n```");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "*", "😀", "x😀", "*😀*"})
    void noTextIsTooLongForDiscordAndNoCharacterIsCutInTwo(String unit) throws Exception {
        String text = unit.repeat(10_000);
        Message message = new Message(
                Kind.FAILED,
                text,
                text,
                text,
                text,
                text,
                text,
                "https://host/" + "p".repeat(380),
                Collections.nCopies(1000, new Link(text, "https://host/" + "p".repeat(380))),
                Collections.nCopies(30, text));
        String payload = DiscordPayload.of(message);
        assertThat(payload.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE))
                .isEmpty();
        JsonNode json = JSON.readTree(payload);
        JsonNode embed = json.get("embeds").get(0);
        assertThat(embed.get("title").asText()).hasSizeLessThanOrEqualTo(256);
        assertThat(embed.get("description").asText()).hasSizeLessThanOrEqualTo(4096);
        assertThat(embed.get("fields")).hasSizeLessThanOrEqualTo(25);
        int total = embed.get("title").asText().length()
                + embed.get("description").asText().length();
        for (JsonNode field : embed.get("fields")) {
            assertThat(field.get("value").asText()).isNotEmpty().hasSizeLessThanOrEqualTo(1024);
            total += field.get("name").asText().length()
                    + field.get("value").asText().length();
        }
        assertThat(total).isLessThanOrEqualTo(6000);
    }

    @ParameterizedTest
    @CsvSource({"abc, 3, abc", "abcd, 3, ab…", "a*, 3, a\\*", "a*, 2, a…", "**, 3, \\*…", "a😀b, 3, a…", "a😀, 3, a😀"})
    void escapesAreNeverCutInTwoEither(String text, int length, String escaped) {
        assertThat(Markdown.escape(text, length)).isEqualTo(escaped);
    }

    private static Message message(Kind kind, String subject, List<Link> links) {
        return new Message(kind, "preprod", SHA, "Ada", subject, "headline", "", "", links);
    }

    private static JsonNode embed(Message message) throws Exception {
        return JSON.readTree(DiscordPayload.of(message)).get("embeds").get(0);
    }

    private static String field(JsonNode embed, String name) {
        for (JsonNode field : embed.get("fields")) {
            if (field.get("name").asText().equals(name)) {
                return field.get("value").asText();
            }
        }
        return "";
    }
}
