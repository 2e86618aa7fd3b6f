package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An environment variable that holds a secret. Its value is never part of a message; its name only where it looks like
 * a name, because people paste the secret itself here.
 *
 * @param name such as {@code GITHUB_TOKEN}
 * @param place where the environment file names it
 */
record Variable(String name, Place place) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SHOWABLE = Pattern.compile("[A-Z_][A-Z0-9_]*|[a-z_]{1,30}");

    static Variable of(YamlValue value) {
        String name = value.text().strip();
        if (!NAME.matcher(name).matches()) {
            throw value.place()
                    .wrong(
                            "is not the name of an environment variable.",
                            "Write the variable's name here (letters, digits, underscores), not the secret itself.");
        }
        return new Variable(name, value.place());
    }

    private Optional<String> lookUp(Map<String, String> variables) {
        // Files that are read into a variable end in a line break; other white space may belong to a passphrase.
        return Optional.ofNullable(variables.get(name))
                .map(value -> value.replaceAll("[\\r\\n]+$", ""))
                .filter(value -> !value.isBlank());
    }

    /**
     * Returns the value, without a line break at its end.
     *
     * @throws DeployFirstException (USAGE) when the variable is not set or empty
     */
    String value(Map<String, String> variables) {
        return lookUp(variables).orElseThrow(this::notSet);
    }

    /**
     * Returns the value, which must be an http or https address.
     *
     * @throws DeployFirstException (USAGE) when the variable is not set or holds something else
     */
    String webAddress(Map<String, String> variables) {
        String value = value(variables).strip();
        try {
            HttpCheck.url(value);
            return value;
        } catch (DeployFirstException secret) {
            // Its message may show what the variable holds.
            throw place.wrong(
                    "the environment variable" + shown() + " does not hold a web address.",
                    "Set it to the whole address, https and all.");
        }
    }

    private DeployFirstException notSet() {
        return place.wrong(
                "the environment variable" + shown() + " is not set.", "Export it before running deploy-first.");
    }

    private String shown() {
        return SHOWABLE.matcher(name).matches() ? " " + name : "";
    }

    @Override
    public String toString() {
        return "variable at " + place.field();
    }
}
