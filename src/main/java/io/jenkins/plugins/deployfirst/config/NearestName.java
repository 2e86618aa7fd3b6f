package io.jenkins.plugins.deployfirst.config;

import hudson.util.EditDistance;
import java.util.List;
import java.util.Optional;

/** Finds what somebody probably meant to type. */
final class NearestName {
    private NearestName() {}

    /** Returns a sentence with the names to offer, ending in a space; empty when there is none. */
    static String suggestion(String typed, List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        int most = Math.max(2, typed.length() / 3);
        return Optional.ofNullable(EditDistance.findNearest(typed, names))
                .filter(nearest -> EditDistance.editDistance(typed, nearest) <= most)
                .map(nearest -> "Did you mean \"" + nearest + "\"? ")
                .orElseGet(() ->
                        "There are: " + String.join(", ", names.subList(0, Math.min(names.size(), 10))) + ". ");
    }
}
