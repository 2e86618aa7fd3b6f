package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.List;

/**
 * What one sort of CI server's REST API has of its own.
 *
 * @param setting its part of the configuration, such as {@code ci.github}; messages name it
 * @param repository what the configuration calls a repository: {@code repository} or {@code project}
 * @param headers names and values in turn, sent with each request
 * @param paging how its lists are asked for
 * @param withoutToken what a used up limit says to those who give no token; empty when a token changes nothing
 */
record Dialect(String setting, String repository, List<String> headers, Paging paging, String withoutToken) {
    Dialect {
        headers = List.copyOf(headers);
    }

    /**
     * The pages of a list.
     *
     * @param parameter which part of the query asks for a page's size
     * @param size the most entries that the server gives at once
     */
    record Paging(String parameter, int size) {}

    /** Returns the setting that holds the API's address. */
    String apiUrl() {
        return setting + ".apiUrl";
    }

    /** Returns the setting that names the repository. */
    String repositorySetting() {
        return setting + "." + repository;
    }
}
