package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When nothing is promoted to an environment, unless somebody states a reason.
 *
 * @param windows any of them counts
 */
public record FreezeWindows(List<Window> windows) {
    public static final FreezeWindows NONE = new FreezeWindows(List.of());

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    public FreezeWindows {
        windows = List.copyOf(windows);
    }

    /** Returns the window that a moment is in. */
    Optional<Window> at(Instant moment) {
        return windows.stream().filter(window -> window.contains(moment)).findFirst();
    }

    /** Returns the window that a moment is in, as people write it. */
    public Optional<String> describeAt(Instant moment) {
        return at(moment).map(Window::describe);
    }

    /** Reads days: English names or their first three letters. */
    public static List<DayOfWeek> days(List<String> names) {
        if (names.isEmpty()) {
            throw DeployFirstException.usage("freeze.days: names no day.", "Write days such as [fri, sat].");
        }
        return names.stream().map(FreezeWindows::day).distinct().toList();
    }

    private static DayOfWeek day(String name) {
        String word = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word.equals(day.name()) || word.equals(abbreviated(day)))
                .findFirst()
                .orElseThrow(() -> DeployFirstException.usage(
                        "freeze.days: " + shown(name) + " is not a day.",
                        "Write mon, tue, wed, thu, fri, sat or sun."));
    }

    /** Reads a time of the day; {@code field} is what it is called where it is wrong. */
    public static LocalTime time(String field, String text) {
        try {
            return LocalTime.parse(text.strip(), TIME);
        } catch (DateTimeException e) {
            throw DeployFirstException.usage(
                    field + ": " + shown(text) + " is not a time of the day.",
                    "Write hours and minutes, such as 16:00.");
        }
    }

    /** Reads a time zone. */
    public static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw DeployFirstException.usage(
                    "freeze.zone: " + shown(text) + " is not a time zone.", "Write one such as Europe/Paris or UTC.");
        }
    }

    private static String shown(String text) {
        return "\"" + OneLine.of(text, 60) + "\"";
    }

    private static String abbreviated(DayOfWeek day) {
        return day.name().substring(0, 3);
    }

    /**
     * Some hours of some days, as the clocks of a zone show them. One that ends earlier than it begins goes on over
     * midnight, and belongs to the day on which it begins.
     *
     * @param days the days on which it begins
     * @param from its first minute
     * @param until its last minute
     * @param zone whose clocks
     */
    public record Window(List<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) {
        public Window {
            days = List.copyOf(days);
            if (from.equals(until)) {
                throw DeployFirstException.usage(
                        "freeze.until: is the same as from, " + from + ".",
                        "Write the last minute; a whole day is from 00:00 until 23:59.");
            }
        }

        /**
         * Reads what people write.
         *
         * @param days English names or their first three letters
         * @param from such as {@code 16:00}
         * @param until such as {@code 23:59}
         * @param zone such as {@code Europe/Paris}
         * @throws DeployFirstException (USAGE) when one of them is wrong, naming it
         */
        public static Window of(List<String> days, String from, String until, String zone) {
            return new Window(
                    FreezeWindows.days(days),
                    time("freeze.from", from),
                    time("freeze.until", until),
                    FreezeWindows.zone(zone));
        }

        boolean contains(Instant moment) {
            ZonedDateTime there = moment.atZone(zone);
            LocalTime minute = there.toLocalTime().truncatedTo(ChronoUnit.MINUTES);
            boolean begun = !minute.isBefore(from);
            boolean open = !minute.isAfter(until);
            DayOfWeek today = there.getDayOfWeek();
            if (from.isBefore(until)) {
                return days.contains(today) && begun && open;
            }
            return days.contains(today) && begun || days.contains(today.minus(1)) && open;
        }

        /** Returns it as people write it. */
        String describe() {
            String names = days.stream()
                    .map(day -> abbreviated(day).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            return names + " from " + from + " until " + until + ", " + zone;
        }
    }
}
