package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.deploy.FreezeWindows.Window;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeWindowsTest {
    @ParameterizedTest(name = "{0} from {1} until {2} in {3}: {4} is frozen: {5}")
    @CsvSource({
        // A Friday afternoon: the clocks of Paris are an hour ahead in winter.
        "fri, 16:00, 23:59, Europe/Paris, 2026-01-16T14:59:59Z, false",
        "fri, 16:00, 23:59, Europe/Paris, 2026-01-16T15:00:00Z, true",
        "fri, 16:00, 23:59, Europe/Paris, 2026-01-16T22:59:59.999Z, true",
        "fri, 16:00, 23:59, Europe/Paris, 2026-01-16T23:00:00Z, false",
        "fri, 16:00, 23:59, Europe/Paris, 2026-01-15T16:00:00Z, false",
        // The last minute is in it, the next one is not.
        "mon, 9:00, 9:30, UTC, 2026-01-19T09:30:59Z, true",
        "mon, 9:00, 9:30, UTC, 2026-01-19T09:31:00Z, false",
        // Over midnight: it belongs to the day on which it begins.
        "fri, 22:00, 06:00, UTC, 2026-01-16T21:59:00Z, false",
        "fri, 22:00, 06:00, UTC, 2026-01-16T22:00:00Z, true",
        "fri, 22:00, 06:00, UTC, 2026-01-17T06:00:30Z, true",
        "fri, 22:00, 06:00, UTC, 2026-01-17T06:01:00Z, false",
        "fri, 22:00, 06:00, UTC, 2026-01-16T05:00:00Z, false",
        "fri, 22:00, 06:00, UTC, 2026-01-17T23:00:00Z, false",
        "sun, 22:00, 06:00, UTC, 2026-01-19T03:00:00Z, true",
        // The same hour of the clock in summer and in winter.
        "wed, 12:00, 12:59, America/New_York, 2026-01-14T17:30:00Z, true",
        "wed, 12:00, 12:59, America/New_York, 2026-07-15T17:30:00Z, false",
        "wed, 12:00, 12:59, America/New_York, 2026-07-15T16:30:00Z, true",
        // The clocks are put back at three: the hour from two to three comes twice.
        "sun, 02:00, 02:59, Europe/Berlin, 2026-10-25T00:30:00Z, true",
        "sun, 02:00, 02:59, Europe/Berlin, 2026-10-25T01:30:00Z, true",
        "sun, 02:00, 02:59, Europe/Berlin, 2026-10-25T02:00:00Z, false",
        // They are put forward at two: that hour does not come at all, what is around it does.
        "sun, 01:00, 03:30, Europe/Berlin, 2026-03-29T00:59:00Z, true",
        "sun, 01:00, 03:30, Europe/Berlin, 2026-03-29T01:00:00Z, true",
        "sun, 02:00, 02:59, Europe/Berlin, 2026-03-29T01:00:00Z, false",
        // Another day there than here.
        "mon, 08:00, 09:00, Asia/Tokyo, 2026-01-18T23:30:00Z, true"
    })
    void theClocksOfTheZoneDecide(String day, String from, String until, String zone, String moment, boolean frozen) {
        Window window = Window.of(List.of(day), from, until, zone);

        assertThat(new FreezeWindows(List.of(window)).at(Instant.parse(moment)).isPresent())
                .isEqualTo(frozen);
    }

    @Test
    void anyOfTheWindowsCountsAndTellsWhichItIs() {
        Window friday = Window.of(List.of("Friday", "sat", "SAT"), "16:00", "23:59", "UTC");
        Window night = Window.of(List.of("mon"), "22:00", "06:00", "Europe/Paris");
        FreezeWindows windows = new FreezeWindows(List.of(night, friday));

        assertThat(windows.at(Instant.parse("2026-01-17T17:00:00Z"))).contains(friday);
        assertThat(friday.describe()).isEqualTo("fri, sat from 16:00 until 23:59, UTC");
        assertThat(FreezeWindows.NONE.at(Instant.parse("2026-01-17T17:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "someday | 16:00 | 23:59 | UTC | freeze.days: \"someday\" is not a day.",
                "fri | 25:00 | 23:59 | UTC | freeze.from: \"25:00\" is not a time of the day.",
                "fri | 16:00 | midnight | UTC | freeze.until: \"midnight\" is not a time of the day.",
                "fri | 16:00 | 16:00 | UTC | freeze.until: is the same as from, 16:00.",
                "fri | 16:00 | 23:59 | Paris | freeze.zone: \"Paris\" is not a time zone."
            })
    void aWindowThatIsWrongIsRefused(String day, String from, String until, String zone, String message) {
        assertThatThrownBy(() -> Window.of(List.of(day), from, until, zone))
                .isInstanceOfSatisfying(
                        DeployFirstException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.USAGE))
                .hasMessageStartingWith(message);
    }

    @Test
    void aWindowWithoutADayIsRefused() {
        assertThatThrownBy(() -> Window.of(List.of(), "16:00", "23:59", "UTC"))
                .hasMessageStartingWith("freeze.days: names no day.");
    }
}
