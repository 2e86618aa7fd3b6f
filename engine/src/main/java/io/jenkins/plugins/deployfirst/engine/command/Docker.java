package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.List;

/** Scripts on Docker itself, where it does in fewer processes what compose would do. */
public final class Docker {
    private static final String LIST =
            "docker ps -a --no-trunc --filter label=com.docker.compose.oneoff=False --format "
                    + "'{{.ID}}|{{.Label \"com.docker.compose.service\"}}|{{.Label \"com.docker.compose.project\"}}"
                    + "|{{.Label \"com.docker.compose.project.working_dir\"}}'";

    private static final String INSPECT =
            "docker inspect --type container --format '{{.Id}}|{{.Image}}|{{.Config.Image}}' ";

    private Docker() {}

    /**
     * Reports as {@code containers} every container that compose made: id, service, project and directory, one a line.
     * Listing runs beside what the script does before it comes to the end, into a file that is open and has no name any
     * more: several may look at once, and none of them leaves anything behind.
     */
    public static Script listing(Script script, String meanwhile) {
        return script.then("list=$(mktemp); exec 7> \"$list\" 8< \"$list\"; rm -f -- \"$list\"")
                .then(LIST + " >&7 2>&1 & listing=$!")
                .then(meanwhile)
                .then("""
                        wait "$listing" || problem docker-fails "$(tail -n 1 <&8)"
                        report_lines containers <&8""");
    }

    /** Reports the containers as {@link #listing} does, on its own. */
    public static String list() {
        return Script.start()
                .then("list=$(" + LIST + ") || problem docker-fails")
                .then("report containers \"$list\"")
                .text();
    }

    /** Reports as {@code images} what containers run: the container's id, its image's id and its image's name, one a line. */
    public static Script images(Script script, List<String> ids) {
        return ids.isEmpty()
                ? script
                : script.then(INSPECT + Quote.command(ids) + " 2>/dev/null | report_lines images");
    }

    /** Reports the containers as {@link #list} does, and what they run as {@link #images} does. */
    public static String listWithImages() {
        return new Script(list())
                .then("ids=$(printf '%s\\n' \"$list\" | cut -d '|' -f 1)")
                .then("[ -z \"$ids\" ] || " + INSPECT + "$ids 2>/dev/null | report_lines images")
                .text();
    }

    /**
     * Restarts containers, those of a group at the same time, one group after the other. A container's own stop time-out
     * applies.
     */
    public static String restart(List<List<String>> groups) {
        Script script = Script.start();
        for (List<String> group : groups) {
            script = script.then("pids=");
            for (String id : group) {
                script = script.then("docker restart " + id + " >/dev/null & pids=\"$pids $!\"");
            }
            script = script.then("for pid in $pids; do wait \"$pid\" || failed=1; done");
            script = script.then("[ -z \"${failed-}\" ] || problem restart-failed");
        }
        return script.text();
    }
}
