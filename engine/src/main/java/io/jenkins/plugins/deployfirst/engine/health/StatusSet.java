package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The HTTP statuses that pass, read from text such as {@code 200} or {@code 2xx,301}. */
record StatusSet(Set<String> members) {
    private static final Pattern MEMBER = Pattern.compile("[1-5](\\d\\d|xx)");

    StatusSet {
        members = Set.copyOf(members);
    }

    /**
     * Reads a set.
     *
     * @throws DeployFirstException (USAGE) when a member is neither a status nor a class of them
     */
    static StatusSet parse(String text) {
        return new StatusSet(Arrays.stream(text.split(",", -1))
                .map(member -> member.strip().toLowerCase(Locale.ROOT))
                .map(StatusSet::requireMember)
                .collect(Collectors.toSet()));
    }

    boolean contains(int status) {
        return members.contains(Integer.toString(status)) || members.contains(status / 100 + "xx");
    }

    private static String requireMember(String member) {
        if (!MEMBER.matcher(member).matches()) {
            throw DeployFirstException.usage(
                    "health.status: \"" + OneLine.of(member, 60) + "\" is not an HTTP status.",
                    "Write statuses from 100 to 599 or classes of them with commas between, such as 200 or 2xx,301.");
        }
        return member;
    }
}
