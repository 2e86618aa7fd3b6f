package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.List;

/**
 * A directory or file of the host in a container.
 *
 * @param workingDirectory where the container's command runs, as a rule the code of its image
 */
record BindMount(String service, String workingDirectory, String source, String destination) {
    /** Reads what a script reported, one mount a line; other lines are passed over. */
    static List<BindMount> parseAll(String lines) {
        return lines.lines()
                .map(line -> line.split("\\|", -1))
                .filter(parts -> parts.length == 5 && parts[0].equals("mount"))
                .map(parts -> new BindMount(parts[1], parts[2], parts[3], parts[4]))
                .toList();
    }

    /** Returns whether it takes the place of the working directory, or of one that holds it. */
    boolean hidesCode() {
        return workingDirectory.length() > 1 && isBelow(workingDirectory, destination);
    }

    /** Returns whether it comes out of a directory of the host. */
    boolean isIn(String directory) {
        return isBelow(source, directory);
    }

    private static boolean isBelow(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory.endsWith("/") ? directory : directory + "/");
    }

    String warning() {
        return service + ": " + source + " of the host is mounted over " + destination
                + ", so that the code there runs and not the image's. Remove that volume from the compose files of this"
                + " environment.";
    }
}
