package io.jenkins.plugins.deployfirst.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody probably meant to type. */
final class NearestName {
    private NearestName() {}

    /** Returns the candidate with the fewest letters to change, if those are no more than a third of the word. */
    static Optional<String> to(String typed, Collection<String> candidates) {
        int most = Math.max(2, typed.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(typed, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate)));
    }

    /** Returns a sentence with the candidate to offer, ending in a space; empty when nothing comes near. */
    static String suggestion(String typed, Collection<String> candidates) {
        return to(typed, candidates)
                .map(nearest -> "Did you mean \"" + nearest + "\"? ")
                .orElse("");
    }

    private static int distance(String one, String other) {
        return LevenshteinDistance.getDefaultInstance()
                .apply(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }
}
