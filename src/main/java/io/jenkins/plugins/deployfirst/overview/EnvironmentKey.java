package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import java.util.Optional;

/**
 * What tells an environment from all others of this Jenkins, as addresses have it. A colon can be in no folder's name.
 *
 * @param folder the full name of the folder that defines it; empty in the global configuration
 * @param name its name there
 */
record EnvironmentKey(String folder, String name) {
    private static final char SEPARATOR = ':';

    static EnvironmentKey of(DefinedEnvironment environment) {
        return new EnvironmentKey(environment.folderName(), environment.name());
    }

    /** Reads what {@link #toString} wrote. */
    static EnvironmentKey parse(String text) {
        int end = text.lastIndexOf(SEPARATOR);
        return end < 0
                ? new EnvironmentKey("", text)
                : new EnvironmentKey(text.substring(0, end).replace(SEPARATOR, '/'), text.substring(end + 1));
    }

    /** Returns where it is defined now, as far as the current user may read that. */
    Optional<DefinedEnvironment> find() {
        return DefinedEnvironment.find(folder, name);
    }

    @Override
    public String toString() {
        return folder.isEmpty() ? name : folder.replace('/', SEPARATOR) + SEPARATOR + name;
    }
}
