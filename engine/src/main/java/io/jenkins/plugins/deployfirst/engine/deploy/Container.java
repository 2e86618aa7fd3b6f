package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.List;

/** A container that compose made, running or not. */
record Container(String id, String service, String project, String directory) {
    /** Reads what a script reported: id, service, project and directory, one container a line. */
    static List<Container> parseAll(String lines) {
        return lines.lines()
                .map(line -> line.split("\\|", -1))
                .filter(parts -> parts.length == 4)
                .map(parts -> new Container(parts[0], parts[1], parts[2], parts[3]))
                .toList();
    }
}
