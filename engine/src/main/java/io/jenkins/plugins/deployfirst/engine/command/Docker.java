package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Scripts on Docker itself, where it does in fewer processes what compose would do. */
public final class Docker {
    private static final String LIST =
            "docker ps -a --no-trunc --filter label=com.docker.compose.oneoff=False --format "
                    + "'{{.ID}}|{{.Label \"com.docker.compose.service\"}}|{{.Label \"com.docker.compose.project\"}}"
                    + "|{{.Label \"com.docker.compose.project.working_dir\"}}'";

    private static final String INSPECT =
            "docker inspect --type container --format '{{.Id}}|{{.Image}}|{{.Config.Image}}' ";

    private static final String INSPECT_LISTED = "ids=$(printf '%s\\n' \"$list\" | cut -d '|' -f 1)\n"
            + "[ -z \"$ids\" ] || " + INSPECT + "$ids 2>/dev/null | report_lines images";

    private static final String INSPECT_IMAGE = "docker image inspect --format '{{.Id}}|{{with .Config.Labels}}"
            + "{{index . \"org.opencontainers.image.revision\"}}{{end}}' ";

    private static final String RENAME = """
            rename() {
              if docker image inspect "$2" >/dev/null 2>&1 && docker tag "$2" "$3"; then return; fi
              report gone "$1"
            }""";

    private static final Pattern PATH = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*");

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
                        list=$(cat <&8); report containers "$list\"""");
    }

    /** Reports as {@code images} what the containers run that {@link #listing} has listed. */
    public static Script imagesOfListed(Script script) {
        return script.then(INSPECT_LISTED);
    }

    /** Gives images back the names that they had. Those that are gone are reported as {@code gone}, by their services. */
    public static String rename(List<Renaming> renamings) {
        Script script = Script.start().then(RENAME);
        for (Renaming renaming : renamings) {
            script = script.then(Quote.command("rename", renaming.service(), renaming.id(), renaming.name()));
        }
        return script.text();
    }

    /** An image that gets a name: the id, and the name with its tag. */
    public record Renaming(String service, String id, String name) {}

    /** Reports as {@code images} the id and the label of the commit that images carry: name, id and commit, one a line. */
    public static String revisions(List<String> names) {
        return Script.start()
                .then("for name in " + Quote.command(names) + "; do")
                .then("  if found=$(" + INSPECT_IMAGE + "\"$name\" 2>/dev/null); then echo \"$name|$found\"; fi")
                .then("done | report_lines images")
                .text();
    }

    /**
     * Reports as {@code digests} under which digests of their repositories images were pulled or pushed, one a line, such as
     * {@code registry.example.com/shop@sha256:…}; nothing for an image that never left this host, or is not there.
     *
     * @param images names or ids
     */
    public static String digests(Collection<String> images) {
        return Script.start()
                .then("for image in " + Quote.command(List.copyOf(images)) + "; do")
                .then(
                        "  docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' \"$image\" 2>/dev/null || :")
                .then("done | report_lines digests")
                .text();
    }

    /**
     * Names images so that no prune takes them, also when their own names move on to other images.
     *
     * @param environment the environment's name
     * @param word such as {@code live}
     * @param ids the images by their services
     */
    public static Script keep(Script script, String environment, String word, Map<String, String> ids) {
        Script all = script;
        for (Map.Entry<String, String> image : ids.entrySet()) {
            String name = "deploy-first/" + path(environment) + "/" + path(image.getKey()) + ":" + word;
            all = all.then(Quote.command("docker", "tag", image.getValue(), name) + " 2>/dev/null || :");
        }
        return all;
    }

    /** A part of an image's name, with a mark of the text that it was made from where it had to be changed. */
    private static String path(String text) {
        return PATH.matcher(text).matches()
                ? text
                : text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + "-"
                        + Integer.toHexString(text.hashCode());
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
        return new Script(list()).then(INSPECT_LISTED).text();
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
