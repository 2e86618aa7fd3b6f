package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;

/**
 * Where something stands in the environment file.
 *
 * @param file the file as the user named it
 * @param line from 1
 * @param column from 1
 * @param path the full path of the key, such as {@code environments[0].health.url}; empty for the whole file
 */
record Place(String file, int line, int column, String path) {

    /** Creates the error that a value here is wrong; {@code problem} goes on after the key and a colon. */
    DeployFirstException wrong(String problem, String remedy) {
        return DeployFirstException.usage(field() + (path.isEmpty() ? "" : ": ") + problem, remedy);
    }

    /** Creates the error about the key itself; {@code problem} goes on after it, such as {@code is missing.} */
    DeployFirstException about(String problem, String remedy) {
        return DeployFirstException.usage(field() + " " + problem, remedy);
    }

    /** Names the value for error messages of the engine: file, line, column and key. */
    String field() {
        return position() + path;
    }

    /** Returns the path of a key below this one. */
    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String position() {
        return file + ":" + line + ":" + column + ": ";
    }
}
