package io.jenkins.plugins.deployfirst.overview;

import hudson.Util;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;

/**
 * A time as the pages show it.
 *
 * @param millis since 1970; 0 when it is not known
 */
public record Moment(long millis) {
    static final Moment UNKNOWN = new Moment(0);

    /** Reads a time in ISO 8601; unknown for what is none. */
    static Moment parse(String iso) {
        try {
            return new Moment(OffsetDateTime.parse(iso).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return UNKNOWN;
        }
    }

    public boolean isKnown() {
        return millis > 0;
    }

    /** Returns it for machines. */
    public String getIso() {
        return isKnown() ? Instant.ofEpochMilli(millis).toString() : "";
    }

    public Date getDate() {
        return new Date(millis);
    }

    /** Returns how long ago it was, in the words of Jenkins. */
    public String getAgo() {
        return Messages.Moment_ago(Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - millis)));
    }

    /** Returns how long it is until then, in the words of Jenkins; nothing when it is over. */
    public String getLeft() {
        return Util.getTimeSpanString(Math.max(0, millis - System.currentTimeMillis()));
    }
}
