package io.jenkins.plugins.deployfirst.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Takes out of a text what environment variables hold whose names tell that it is secret. */
final class SecretMask implements UnaryOperator<String> {
    private static final Pattern SECRET =
            Pattern.compile(".*(?:TOKEN|SECRET|PASS|WEBHOOK|CREDENTIAL|KEY).*", Pattern.CASE_INSENSITIVE);
    // What is shorter stands in every other line of a log.
    private static final int SHORTEST = 6;

    private final List<String> secrets;

    SecretMask(Map<String, String> variables) {
        this.secrets = variables.entrySet().stream()
                .filter(variable -> SECRET.matcher(variable.getKey()).matches())
                .map(variable -> variable.getValue().strip())
                .filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    @Override
    public String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "****");
        }
        return masked;
    }
}
