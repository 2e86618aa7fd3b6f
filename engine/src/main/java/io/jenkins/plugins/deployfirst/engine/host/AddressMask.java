package io.jenkins.plugins.deployfirst.engine.host;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes hosts and users of SSH addresses out of a text that is not for everybody who may read the address. */
final class AddressMask implements UnaryOperator<String> {
    /** What stands for them, as Jenkins writes masked credentials. */
    static final String MASK = "****";

    private final Pattern masked;

    private AddressMask(Pattern masked) {
        this.masked = masked;
    }

    /** Makes the mask of a host's address, and of its jump hosts' addresses. */
    static AddressMask of(HostSettings.Ssh settings) {
        String words = Stream.iterate(
                        Optional.of(settings),
                        Optional::isPresent,
                        ssh -> ssh.get().jump())
                .map(Optional::get)
                .map(HostSettings.Ssh::endpoint)
                .flatMap(endpoint -> Stream.of(endpoint.host(), endpoint.user()))
                .distinct()
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        // Whole words only: a user named "app" is no reason to tear "application" apart.
        return new AddressMask(Pattern.compile("(?<![\\w-])(?:" + words + ")(?![\\w-])", Pattern.CASE_INSENSITIVE));
    }

    @Override
    public String apply(String text) {
        return masked.matcher(text).replaceAll(MASK);
    }
}
