package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scripts that set up a database to be thrown away, and run migrations on it.
 *
 * @param name what is made is named and labelled by; nothing else is ever touched
 */
public record MigrationTrial(String name) {
    private static final String LABEL = "deploy-first.check";

    private static final String PULL = """
            for image in "$IMAGE" ${DATABASE:+"$DATABASE"}; do
              docker image inspect "$image" >/dev/null 2>&1 || docker pull "$image" || problem pull-failed "$image"
            done
            docker network create --label "$LABEL" "$NAME" >/dev/null""";

    /** Waits for one container, by a command in it, or else by the image's own health check. */
    private static final String AWAIT = """
            until=$(($(date +%s) + SECONDS_TO_WAIT))
            not_ready() { docker logs --tail 20 "$1" 2>&1 || :; problem "$2" "$3"; }
            await() {
              while :; do
                state=$(docker inspect --format '{{.State.Status}}|{{.State.ExitCode}}|{{if .State.Health}}{{.State.Health.Status}}{{end}}' "$1")
                case $state in
                  running\\|*) ;;
                  *) code=${state#*|}; not_ready "$1" database-ended "${code%%|*}" ;;
                esac
                if [ -n "$2" ]; then
                  said=$(docker exec "$1" sh -c "$2" 2>&1) && return 0
                else
                  said=${state##*|}
                  case $said in healthy) return 0 ;; '') problem no-ready-check "$1" ;; esac
                fi
                [ "$(date +%s)" -lt "$until" ] || not_ready "$1" database-not-ready "$(printf '%s\\n' "$said" | tail -n 1)"
                sleep 0.3
              done
            }""";

    /**
     * What would lead out of the throw-away project is refused: a downgrade must never reach data that is needed. Compose
     * version 2 gives everything a name; names of the project's own begin with the project's.
     */
    private static final String UNSAFE = """
            config=$(eval "$COMPOSE config" 2>"$T/compose.err") || problem compose-invalid "$(tail -n 8 "$T/compose.err")"
            printf '%s\\n' "$config" | NAME=$NAME awk '
              function bare(word) { sub(/:$/, "", word); gsub(/["\\047]/, "", word); return word }
              function bind() { if (type == "bind" && !readonly) print "bind", source; type = "" }
              /^[^ ]/ { bind(); kind = $1; mounts = 0; next }
              kind == "services:" && /^    [^ -]/ { bind(); mounts = ($1 == "volumes:") }
              kind == "services:" && /^    network_mode: *["\\047]?(host|container:)/ { print "network_mode", bare($2) }
              mounts && /^ *- *["\\047]?\\// {
                if (split(bare($2), part, ":") > 1 && part[3] !~ /(^|,)ro(,|$)/) print "bind", part[1]
                next
              }
              mounts && /^ *- / { bind(); readonly = 0; source = "" }
              mounts && /^ *-? *type:/ { type = bare($NF) }
              mounts && /^ *-? *source:/ { source = bare($NF) }
              mounts && /^ *read_only: true/ { readonly = 1 }
              kind != "networks:" && kind != "volumes:" { next }
              /^  [^ ]/ { id = bare($1) }
              /^    external: *true/ || /^    external: *$/ { print substr(kind, 1, length(kind) - 2), id }
              /^    name:/ && index(bare($2), ENVIRON["NAME"] "_") != 1 { print substr(kind, 1, length(kind) - 2), bare($2) }
              END { bind() }' | sort -u > "$T/unsafe"
            TOP=$(pwd -P)
            while read -r kind what; do
              if [ "$kind" = bind ]; then
                case $(realpath -m -- "$what")/ in "${TOP%/}"/*) continue ;; esac
              fi
              report unsafe "$kind $what"
            done < "$T/unsafe\"""";

    /** A command that does nothing has compose build what is built, and start what the service depends on, in its order. */
    private static final String DEPENDENCIES = """
            eval "$COMPOSE run --rm -T --entrypoint sh \\"\\$SERVICE\\" -c :" || problem compose-up-failed
            names=$(docker ps -a --filter "label=com.docker.compose.project=$NAME" --format '{{.Label "com.docker.compose.service"}}' |
              sort -u)
            for service in $names; do
              id=$(docker ps -aq --filter "label=com.docker.compose.project=$NAME" --filter "label=com.docker.compose.service=$service")
              if [ -n "$(docker inspect --format '{{if .State.Health}}yes{{end}}' "$id")" ]; then await "$id" ''
              else report unguarded "$service"; fi
            done""";

    private static final String REMOVE = """
            for label in "$LABEL" "com.docker.compose.project=$NAME"; do
              docker ps -aq --filter "label=$label" | xargs -r docker rm -f -v
              docker network ls -q --filter "label=$label" | xargs -r docker network rm
              docker volume ls -q --filter "label=$label" | xargs -r docker volume rm -f
            done
            docker image ls --format '{{.Repository}}:{{.Tag}}' --filter "reference=$NAME*" | xargs -r docker image rm -f""";

    private String label() {
        return LABEL + "=" + name;
    }

    private Script named(Script script) {
        return script.set("NAME", name).set("LABEL", label());
    }

    /** Makes the network; ends in the problem {@code pull-failed} when an image cannot be had. */
    public String network(String image, Optional<String> databaseImage) {
        return named(Script.start())
                .set("IMAGE", image)
                .set("DATABASE", databaseImage.orElse(""))
                .then(PULL)
                .text();
    }

    /**
     * Starts the database and waits until it is ready.
     *
     * @param alias what the migration finds it by
     * @param ready a shell command line that succeeds in it once it is; empty: its image's health check
     */
    public String database(
            String image, String alias, Map<String, String> environment, Optional<String> ready, long seconds) {
        List<String> words = new ArrayList<>(List.of("docker", "run", "-d", "--name", name + "-database"));
        words.addAll(List.of("--label", label(), "--network", name, "--network-alias", alias));
        return exported(await(Script.start(), seconds), environment, words)
                .set("READY", ready.orElse(""))
                .then("id=$(" + Quote.command(words) + " " + Quote.word(image) + ")")
                .then("await \"$id\" \"$READY\"")
                .text();
    }

    private static Script await(Script script, long seconds) {
        return script.set("SECONDS_TO_WAIT", Long.toString(seconds)).then(AWAIT);
    }

    /** Exports variables, and adds to a command's words that it takes them over: so their values are no arguments. */
    private static Script exported(Script script, Map<String, String> environment, List<String> words) {
        Script exporting = script;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            exporting = exporting.set(variable.getKey(), variable.getValue()).then("export " + variable.getKey());
            words.addAll(List.of("-e", variable.getKey()));
        }
        return exporting;
    }

    /** Runs a shell command line in a container of the image, and takes its exit status. */
    public String runImage(String image, String command, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of("docker", "run", "--rm", "--label", label(), "--network", name));
        return exported(Script.start(), environment, words)
                .then(Quote.command(words) + " " + Quote.command(image, "sh", "-c", command))
                .text();
    }

    /**
     * Looks whether the compose files lead to anything that is not thrown away, and reports each as {@code unsafe}.
     *
     * @param scratch the flow's own directory
     */
    public String look(String directory, String scratch, Compose compose, Map<String, String> environment) {
        return named(exported(Script.in(directory), environment, new ArrayList<>()))
                .set("T", scratch)
                .set("COMPOSE", compose.line())
                .then(UNSAFE)
                .text();
    }

    /** Starts what the service depends on, and waits for its health checks; reports as {@code unguarded} what has none. */
    public String dependencies(
            String directory, Compose compose, String service, Map<String, String> environment, long seconds) {
        return named(exported(await(Script.in(directory), seconds), environment, new ArrayList<>()))
                .set("COMPOSE", compose.line())
                .set("SERVICE", service)
                .then(DEPENDENCIES)
                .text();
    }

    /** Runs a shell command line in a container of the service, and takes its exit status. */
    public String runService(
            String directory, Compose compose, String service, String command, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "-T", "--no-deps"));
        Script script = exported(Script.in(directory), environment, words);
        words.addAll(List.of(service, "sh", "-c", command));
        return script.then(compose.line(words.toArray(String[]::new))).text();
    }

    /** Removes everything again; for {@link Scratch#clean}. */
    public String remove() {
        return named(new Script("")).then(REMOVE).text();
    }
}
