package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.Arrays;
import java.util.List;

/**
 * A secret file that is put into the environment's directory for the time of a flow.
 *
 * @param content its bytes; never shown
 * @param path where it is put, relative to the directory
 * @param keep whether it stays there when a release has gone live
 */
public record EnvFileSettings(byte[] content, String path, boolean keep) {
    /** In bytes. It travels through the shell of the host, which reads slowly; real ones have a few lines. */
    public static final int LARGEST = 256 * 1024;

    public EnvFileSettings {
        content = content.clone();
        if (content.length == 0 || content.length > LARGEST) {
            throw DeployFirstException.usage(
                    "envFile: the file for " + OneLine.of(path, 100) + " has " + content.length + " bytes.",
                    "Give a file of 1 to " + LARGEST + " bytes.");
        }
        requireInside(path);
    }

    /**
     * Checks a path, and returns it.
     *
     * @throws DeployFirstException (USAGE) when it does not name a file below the directory
     */
    public static String requireInside(String path) {
        List<String> parts = Arrays.asList(path.split("/", -1));
        if (path.chars().anyMatch(Character::isISOControl)
                || parts.contains("")
                || parts.contains(".")
                || parts.contains("..")
                || parts.contains(".git")) {
            throw DeployFirstException.usage(
                    "envFile.path: \"" + OneLine.of(path, 100) + "\" is not a path below the directory.",
                    "Write it relative to the directory, such as app.env or config/app.env, without . or .. in it.");
        }
        return path;
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvFileSettings file
                && path.equals(file.path)
                && keep == file.keep
                && Arrays.equals(content, file.content);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /** Names it without its content. */
    @Override
    public String toString() {
        return path;
    }
}
