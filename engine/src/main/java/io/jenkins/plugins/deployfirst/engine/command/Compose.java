package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Command lines and scripts of Docker Compose, version 2 ({@code docker compose}) and 1 ({@code docker-compose}).
 *
 * @param tool the words that start it on this host, such as {@code docker-compose}
 * @param files compose files, relative to the directory; empty: those that compose finds
 * @param project the project's name; empty: as compose derives it
 * @param variables what the files ask of the environment, beside what {@code .env} says
 */
public record Compose(String tool, List<String> files, Optional<String> project, Map<String, String> variables) {
    /** The names that compose looks for when none is given, and everything else that its configuration may be made of. */
    private static final List<String> CONFIGURATION =
            List.of(":(glob)**/docker-compose*.y*ml", ":(glob)**/compose*.y*ml", ":(glob)**/*.env", ":(glob)**/.env*");

    /** Version 2 answers at once, or docker says at once that it knows no such command; version 1 takes half a second. */
    private static final String DETECT = """
            if docker compose version >/dev/null 2>&1; then report tool 'docker compose'
            elif command -v docker-compose >/dev/null 2>&1; then report tool docker-compose
            else problem no-compose; fi""";

    /**
     * Lays out the commit's files in a directory of their own, with links to everything that is not tracked, such as
     * {@code .env}, and asks compose whether it understands them. The checkout, whose files may be mounted into running
     * containers, is not touched.
     */
    private static final String LAY_OUT = """
            GIT_INDEX_FILE=$T.index git read-tree "$NEW"
            GIT_INDEX_FILE=$T.index GIT_LFS_SKIP_SMUDGE=1 git checkout-index --all --quiet --prefix="$T/"
            git ls-files --others --directory -z 2>/dev/null | T=$T DIR=$DIR xargs -0 -r sh -c '
              for f; do f=${f%/}
                if [ ! -e "$T/$f" ] && [ ! -L "$T/$f" ]; then mkdir -p -- "$T/$(dirname -- "$f")" && ln -s -- "$DIR/$f" "$T/$f"; fi
              done' sh""";

    private static final String SCRATCH = """
            rm -rf -- "$STATE"/check.*
            T=$(umask 077; mktemp -d "$STATE/check.XXXXXX")
            trap 'rm -rf -- "$T" "$T.index" "$T.out" "$T.err" "$T.external"' EXIT""";

    /**
     * Compose finds out only when it starts containers that an external network or volume is not there, so this is asked
     * here. The listing is one line a service: name, image, {@code build} or nothing, dependencies.
     */
    private static final String CHECK = """
            if ! ( cd "$AT" && eval "$COMPOSE" ) > "$T.out" 2> "$T.err"; then
              problem compose-invalid "$(sed "s|$T|$DIR|g" "$T.err" | tail -n 8)"
            fi
            awk '
              function bare(word) { sub(/:$/, "", word); gsub(/["\\047]/, "", word); return word }
              /^[^ ]/ { kind = $1; next }
              kind == "services:" && /^    [^ -]/ { inside = ($1 == "networks:"); next }
              kind == "services:" && inside && /^    (- |  [^ -])/ { used[bare($1 == "-" ? $2 : $1)] }
              kind != "networks:" && kind != "volumes:" { next }
              /^  [^ ]/ { id = bare($1); name[kind, id] = id }
              /^    name:/ { name[kind, id] = bare($2) }
              /^    external: true/ { external[kind, id] }
              END {
                for (key in external) {
                  split(key, part, SUBSEP)
                  if (part[1] == "volumes:") print "volume", name[key]
                  else if (part[2] in used) print "network", name[key]
                }
              }' "$T.out" > "$T.external"
            while read -r kind name; do
              docker "$kind" inspect "$name" >/dev/null 2>&1 || problem "missing-$kind" "$name"
            done < "$T.external"
            awk '
              function line() { if (s != "") print s "|" image "|" build "|" deps }
              /^[^ ]/ { line(); s = ""; inside = ($0 == "services:"); next }
              !inside { next }
              /^  [^ #]/ { line(); s = $1; sub(/:$/, "", s); gsub(/["\\047]/, "", s); image = ""; build = ""; deps = ""; d = 0; next }
              /^    image:/ { image = $2; d = 0; next }
              /^    build:/ { build = "build"; d = 0; next }
              /^    depends_on:/ { d = 1; next }
              d && /^    - / { deps = deps " " $2; next }
              d && /^      - / { deps = deps " " $2; next }
              d && /^        condition:/ { deps = deps "=" $2; next }
              d && /^      [^ ]+:/ { x = $1; sub(/:$/, "", x); deps = deps " " x; next }
              /^    [^ -]/ { d = 0 }
              END { line() }' "$T.out" | report_lines services""";

    public Compose {
        files = List.copyOf(files);
        variables = Map.copyOf(variables);
    }

    public Compose(String tool, List<String> files, Optional<String> project) {
        this(tool, files, project, Map.of());
    }

    /** Reports as {@code tool} how compose is started on this host. */
    public static Script detect(Script script) {
        return script.then(DETECT);
    }

    /** Returns the command line for some words after compose's own options. */
    public String line(String... words) {
        List<String> all = new ArrayList<>();
        for (String file : files) {
            all.addAll(List.of("-f", file));
        }
        project.ifPresent(name -> all.addAll(List.of("-p", name)));
        all.addAll(List.of(words));
        StringBuilder line = new StringBuilder();
        // The environment beats .env, in which another release may stand.
        variables.forEach((name, value) ->
                line.append(name).append('=').append(Quote.word(value)).append(' '));
        line.append(tool);
        return all.isEmpty() ? line.toString() : line + " " + Quote.command(all);
    }

    /** Returns the git paths of which a change may change what compose does. */
    public static List<String> paths(List<String> files) {
        List<String> paths = new ArrayList<>(CONFIGURATION);
        for (String file : files) {
            int slash = file.lastIndexOf('/');
            // Files that a compose file includes or extends stand beside it, as a rule.
            String folder = slash < 0 ? "" : file.substring(0, slash + 1);
            for (String path : List.of(":(top,literal)" + file, ":(glob)" + folder + "*.y*ml")) {
                if (!paths.contains(path)) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }

    /** Checks the commit's compose files without touching the checkout, and reports {@code services}. */
    public String check(Script state, String directory, String sha) {
        return state.set("DIR", directory)
                .then("cd \"$DIR\"")
                .set("NEW", sha)
                .then(SCRATCH)
                .then(LAY_OUT)
                .then("AT=$T")
                .set("COMPOSE", line("--project-directory", ".", "config"))
                .then(CHECK)
                .text();
    }

    /** Checks the compose files as they are in the directory, and reports {@code services}. */
    public String checkThere(Script state, String directory) {
        return state.set("DIR", directory)
                .then(SCRATCH)
                .then("AT=$DIR")
                .set("COMPOSE", line("config"))
                .then(CHECK)
                .text();
    }

    /**
     * Builds what is built on the host and pulls the other images, while the old containers run.
     *
     * @param builds services that are built here
     * @param images images of the other services
     * @param always whether images are pulled that are there, too: their names may have moved on in the registry
     */
    public String prepareImages(String directory, List<String> builds, List<String> images, boolean always) {
        Script script = Script.in(directory);
        for (String image : images) {
            String word = Quote.word(image);
            String missing = always ? "" : "docker image inspect " + word + " >/dev/null 2>&1 || ";
            script = script.then(missing + "docker pull " + word + " || problem pull-failed " + word);
        }
        if (!builds.isEmpty()) {
            List<String> words = new ArrayList<>(always ? List.of("build", "--pull") : List.of("build"));
            words.addAll(builds);
            script = script.then(line(words.toArray(String[]::new)) + " || problem build-failed");
        }
        return script.text();
    }

    /**
     * Runs a shell command line in a one-off container of a service, and takes its exit status. A script that is ended
     * ends the container too: the shell in it, being process 1, would not heed the signal that compose passes on.
     */
    public String runOnce(String directory, String service, String command, boolean servicesRun) {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "-T"));
        if (servicesRun) {
            // Compose would otherwise look after the service's dependencies first, and may recreate what runs.
            words.add("--no-deps");
        }
        words.add("--name");
        return Script.in(directory)
                .then("N=deploy-first-$(date +%s)-$$")
                .then("trap 'docker rm -f \"$N\" >/dev/null 2>&1; exit 143' TERM")
                .then(line(words.toArray(String[]::new)) + " \"$N\" " + Quote.command(service, "sh", "-c", command)
                        + " &")
                .then("wait $!")
                .text();
    }

    /**
     * Creates, recreates and starts what the compose files say; reports before that what the old containers run.
     *
     * @param old the ids of the containers that are there
     * @param services only these, without those that they depend on; empty: all
     * @param build whether an image may be built that is not there
     */
    public String up(String directory, List<String> old, List<String> services, boolean build) {
        List<String> words = new ArrayList<>(List.of("up", "-d"));
        if (!build) {
            words.add("--no-build");
        }
        if (!services.isEmpty()) {
            words.add("--no-deps");
            words.addAll(services);
        }
        return Docker.images(Script.in(directory), old)
                .then(line(words.toArray(String[]::new)) + " || problem up-failed")
                .text();
    }

    /** Restarts all containers through compose itself, where they cannot be told by their labels. */
    public String restart(String directory) {
        return Script.in(directory)
                .then(line("restart") + " || problem restart-failed")
                .text();
    }
}
