package io.jenkins.plugins.deployfirst.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.deploy.Commit;
import io.jenkins.plugins.deployfirst.engine.deploy.StatusResult;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of looks at an environment. */
class KnownStatusTest {
    private static final String LIVE = "1111111111111111111111111111111111111111";
    private static final String GOOD = "2222222222222222222222222222222222222222";

    @Test
    void whatALookToldIsReadAsItWasWritten() {
        SeenStatus seen = SeenStatus.parse(new SeenStatus(status().toMap()).toJson());

        assertThat(seen.live().getName()).isEqualTo("1111111 (v2)");
        assertThat(seen.live().getSubject()).isEqualTo("Say \"<b>hello</b>\"");
        assertThat(seen.live().getAuthor()).isEqualTo("Ada Lovelace");
        assertThat(seen.live().getMoment().getIso()).isEqualTo("2026-03-04T04:00:00Z");
        assertThat(seen.validated().getShortSha()).isEqualTo("2222222");
        assertThat(seen.deployedAt().isKnown()).isTrue();
        assertThat(seen.ahead()).isEqualTo(3);
        assertThat(seen.behind()).isZero();
        assertThat(seen.lockHolder()).isEqualTo("ada@desk");
        assertThat(seen.health()).isEqualTo("unhealthy: 503");
        assertThat(seen.interrupted())
                .hasValueSatisfying(entry -> assertThat(entry.sha()).isEqualTo(LIVE));
        assertThat(seen.release(GOOD, "").getSubject()).isEqualTo("Open");
        assertThat(seen.release("no such commit", "").getSubject()).isEmpty();
    }

    @Test
    void whatAnotherVersionWroteIsReadAsFarAsItIsUnderstood() {
        SeenStatus seen = SeenStatus.parse("{\"live\":7,\"ahead\":\"many\",\"journal\":[\"text\",{\"event\":\"new\"}],"
                + "\"commits\":[],\"liveTag\":null,\"interrupted\":\"yes\",\"future\":{}}");

        assertThat(seen.live().isKnown()).isFalse();
        assertThat(seen.ahead()).isEqualTo(-1);
        assertThat(seen.journal())
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("event")).isEqualTo("new"));
        assertThat(seen.interrupted()).isEmpty();
        assertThat(SeenStatus.parse("no JSON at all").live().isKnown()).isFalse();
    }

    @Test
    void theLastKnownStaysWhileLooksFailAndTheFirstFailureCounts() {
        KnownStatus seen = KnownStatus.none("host /srv").seen(new SeenStatus(status().toMap()), 1_000);

        KnownStatus failing = seen.failed("no route", 2_000).failed("refused", 3_000);

        assertThat(failing.isFailing()).isTrue();
        assertThat(failing.failure()).isEqualTo("refused");
        assertThat(failing.failingSince().millis()).isEqualTo(2_000);
        assertThat(failing.seenAt().millis()).isEqualTo(1_000);
        assertThat(failing.seen().live().getSha()).isEqualTo(LIVE);
        KnownStatus again = failing.seen(SeenStatus.NOTHING, 4_000);
        assertThat(again.isFailing()).isFalse();
        assertThat(again.failure()).isEmpty();
    }

    @Test
    void aTimeThatIsNoneIsUnknown() {
        assertThat(Moment.parse("yesterday").isKnown()).isFalse();
        assertThat(Moment.parse("").getIso()).isEmpty();
        assertThat(Moment.parse("2026-03-04T05:06:07+01:00").getIso()).isEqualTo("2026-03-04T04:06:07Z");
    }

    static StatusResult status() {
        JournalEntry started = new JournalEntry(
                Map.of("time", "2026-03-04T05:00:00Z", "event", "deploy.started", "sha", LIVE, "previousSha", GOOD));
        Commit live = new Commit(LIVE, "Ada Lovelace", "Say \"<b>hello</b>\"", "2026-03-04T05:00:00+01:00");
        Commit good = new Commit(GOOD, "Ada Lovelace", "Open", "2026-03-03T05:00:00+01:00");
        return new StatusResult(
                "preprod",
                live,
                "v2",
                "2026-03-04T05:00:00Z",
                good,
                "",
                3,
                0,
                true,
                "ada@desk",
                "unhealthy: 503",
                List.of(started),
                List.of(live, good));
    }
}
