package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Judges an HTTP answer by a check, whoever asked for it. */
final class HttpExpectation {
    private static final int SHOWN = 80;

    private final HttpCheck check;
    private final StatusSet statuses;
    private final Pattern regex;
    private final Clock clock;

    HttpExpectation(HttpCheck check, Clock clock) {
        this.check = check;
        this.statuses = StatusSet.parse(check.status());
        this.regex = Pattern.compile(check.matches());
        this.clock = clock;
    }

    /** Returns whether an answer with this status is the one waited for, rather than a step on the way to it. */
    boolean accepts(int status) {
        return statuses.contains(status);
    }

    /** Returns the first thing that is not as it should be, in one line; empty when all is well. */
    Optional<String> problem(HttpAnswer answer, Duration latency, Deadline deadline) {
        return Stream.<Supplier<Optional<String>>>of(
                        () -> wrongStatus(answer),
                        () -> missingText(answer),
                        () -> missingMatch(answer, deadline),
                        () -> wrongField(answer),
                        () -> endingCertificate(answer),
                        () -> tooSlow(latency))
                .flatMap(rule -> rule.get().stream())
                .findFirst();
    }

    private Optional<String> wrongStatus(HttpAnswer answer) {
        return when(!accepts(answer.status()), () -> "HTTP " + answer.status() + " instead of " + check.status());
    }

    private Optional<String> missingText(HttpAnswer answer) {
        return when(
                !answer.body().contains(check.contains()),
                () -> "the body does not contain \"" + OneLine.of(check.contains(), SHOWN) + "\"" + beginning(answer));
    }

    private Optional<String> missingMatch(HttpAnswer answer, Deadline deadline) {
        try {
            return when(
                    !regex.matcher(new TimedText(answer.body(), deadline)).find(),
                    () -> "the body does not match \"" + OneLine.of(check.matches(), SHOWN) + "\"" + beginning(answer));
        } catch (TimedText.TimeOver stopped) {
            return Optional.of("health.matches took too long on this body; write it without nested repetitions");
        } catch (StackOverflowError tooDeep) {
            return Optional.of("health.matches is too complex for this body; write it without repeated groups");
        }
    }

    private Optional<String> wrongField(HttpAnswer answer) {
        return check.jsonPointer().isEmpty()
                ? Optional.empty()
                : JsonField.problem(answer.body(), check.jsonPointer(), check.jsonEquals(), beginning(answer));
    }

    private Optional<String> endingCertificate(HttpAnswer answer) {
        if (check.certificateDays() == 0) {
            return Optional.empty();
        }
        if (answer.certificateEnd().isEmpty()) {
            return Optional.of("the answer came without TLS, so that there is no certificate to check");
        }
        Instant end = answer.certificateEnd().get();
        long days = Duration.between(clock.instant(), end).toDays();
        return when(
                days < check.certificateDays(),
                () -> "the TLS certificate is valid for " + days + " more days (until " + end + ") instead of "
                        + check.certificateDays());
    }

    private Optional<String> tooSlow(Duration latency) {
        return when(
                !check.maxLatency().isZero() && latency.compareTo(check.maxLatency()) > 0,
                () -> "the answer took " + DurationText.format(latency) + " instead of at most "
                        + DurationText.format(check.maxLatency()));
    }

    private static String beginning(HttpAnswer answer) {
        if (answer.body().isEmpty()) {
            return "; it is empty";
        }
        String limit = answer.truncated() ? " (only its first MiB was read)" : "";
        return "; it begins with: " + OneLine.of(answer.body(), SHOWN) + limit;
    }

    private static Optional<String> when(boolean wrong, Supplier<String> message) {
        return wrong ? Optional.of(message.get()) : Optional.empty();
    }
}
