package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.List;

/**
 * A container of a service, seen as one of a generation.
 *
 * @param hash what compose made it from
 * @param state as Docker calls it, such as {@code running}
 * @param image its image's id
 * @param imageName its image's name
 * @param imageNow the id that this name has now; empty when it is gone
 */
record Instance(String id, String service, String hash, String state, String image, String imageName, String imageNow) {
    /** Reads what a script reported, one a line. */
    static List<Instance> parseAll(String lines) {
        return lines.lines()
                .map(line -> line.split("\\|", -1))
                .filter(parts -> parts.length == 7)
                .map(parts -> new Instance(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]))
                .toList();
    }

    /** Returns whether compose would make it just so now. */
    boolean isOf(String wantedHash) {
        return hash.equals(wantedHash) && (imageNow.isEmpty() || image.equals(imageNow));
    }

    /** Returns whether there is something to stop. */
    boolean isUp() {
        return !List.of("created", "exited", "dead", "removing").contains(state);
    }
}
