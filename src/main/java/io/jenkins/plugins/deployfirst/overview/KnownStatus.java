package io.jenkins.plugins.deployfirst.overview;

import hudson.Util;

/**
 * What is known of an environment since the last looks at it, as it is kept across restarts: what the last look saw that
 * got through, and since when none gets through any more.
 */
final class KnownStatus {
    private final String place;
    private final String status;
    private final long seenAt;
    private final String failure;
    private final long failingSince;
    private transient SeenStatus parsed;

    private KnownStatus(String place, SeenStatus seen, long seenAt, String failure, long failingSince) {
        this.place = place;
        this.status = seen.toJson();
        this.seenAt = seenAt;
        this.failure = failure;
        this.failingSince = failingSince;
        this.parsed = seen;
    }

    /** Nothing is known yet of what is at this place. */
    static KnownStatus none(String place) {
        return new KnownStatus(place, SeenStatus.NOTHING, 0, "", 0);
    }

    /** Returns what is known when a look has got through. */
    KnownStatus seen(SeenStatus seen, long now) {
        return new KnownStatus(place(), seen, now, "", 0);
    }

    /** Returns what is known when a look has not got through. */
    KnownStatus failed(String why, long now) {
        return new KnownStatus(place(), seen(), seenAt, why, failingSince == 0 ? now : failingSince);
    }

    /** Returns where that was: settings that were changed may mean another host. */
    String place() {
        return Util.fixNull(place);
    }

    synchronized SeenStatus seen() {
        if (parsed == null) {
            parsed = SeenStatus.parse(Util.fixNull(status));
        }
        return parsed;
    }

    boolean isSeen() {
        return seenAt > 0;
    }

    Moment seenAt() {
        return new Moment(seenAt);
    }

    boolean isFailing() {
        return failingSince > 0;
    }

    /** Returns why the last look did not get through, in one line; empty when it did. */
    String failure() {
        return Util.fixNull(failure);
    }

    Moment failingSince() {
        return new Moment(failingSince);
    }
}
