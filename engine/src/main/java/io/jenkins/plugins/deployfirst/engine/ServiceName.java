package io.jenkins.plugins.deployfirst.engine;

import java.util.List;
import java.util.regex.Pattern;

/** The names of compose services. */
public final class ServiceName {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9._-]+");

    private ServiceName() {}

    /**
     * Checks names.
     *
     * @param field the setting's name, for the error message
     * @throws DeployFirstException (USAGE) when one has another form
     */
    public static void require(String field, List<String> names) {
        for (String name : names) {
            if (!FORM.matcher(name).matches()) {
                throw DeployFirstException.usage(
                        field + ": \"" + OneLine.of(name, 100) + "\" is not a name for a compose service.",
                        "Use the service's name in the compose file.");
            }
        }
    }
}
