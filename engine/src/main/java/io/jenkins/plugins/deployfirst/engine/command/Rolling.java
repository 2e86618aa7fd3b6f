package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Scripts that put new containers of a service beside the old ones, and take the old ones away. */
public final class Rolling {
    /** Reported by {@link #look}: those parts of compose's configuration that decide whether two containers can coexist. */
    public static final String CONFIG = "config";
    /** Reported by {@link #look}: a line for each service with its name and the hash that its containers should have. */
    public static final String HASHES = "hashes";
    /**
     * Reported by {@link #look} and {@link #create}: a line for each container with its id, service, hash, state, its
     * image's id and name, and the id that this name has now, parted by bars.
     */
    public static final String INSTANCES = "instances";

    /** How long a container without a health check has to run, in half seconds, until it counts as ready. */
    private static final int SETTLED = 10;

    private static final String INSTANCE = "{{.Id}}|{{index .Config.Labels \"com.docker.compose.service\"}}"
            + "|{{index .Config.Labels \"com.docker.compose.config-hash\"}}|{{.State.Status}}|{{.Image}}|{{.Config.Image}}";

    private static final String INSTANCES_OF = """
            instances() {
              docker inspect --type container --format "$INSTANCE" "$@" 2>/dev/null | while IFS='|' read -r line; do
                now=$(docker image inspect --format '{{.Id}}' "${line##*|}" 2>/dev/null || :)
                printf '%s|%s\\n' "$line" "$now"
              done | report_lines instances
            }""";

    /** The parts are chosen here, because others hold what nobody else needs to know, such as passwords. */
    private static final String LOOK = """
            h=$(mktemp); exec 7> "$h" 8< "$h"; rm -f -- "$h"
            eval "$COMPOSE_HASH" >&7 & p=$!
            config=$(eval "$COMPOSE_CONFIG") || problem rolling-config
            wait "$p" || problem rolling-config
            printf '%s\\n' "$config" | awk '
              /^[^ ]/ { inside = ($1 == "services:"); if (inside) print "services:"; next }
              !inside { next }
              /^  [^ ]/ { keep = 0; print; next }
              /^    [^ -]/ { keep = ($1 ~ /^(container_name|network_mode|networks|ports|volumes|scale|deploy):$/) }
              keep { print }' | report_lines config
            report_lines hashes <&8""";

    private static final String LIST = """
            ids=$(docker ps --all --quiet --no-trunc --filter label=com.docker.compose.oneoff=False \\
              --filter "label=com.docker.compose.project=$PROJECT" --filter "label=com.docker.compose.service=$SERVICE")
            instances $ids""";

    /**
     * A container that Docker starts once more has died in between, whatever its state is by then. The new ones are
     * removed when one of them fails: Docker's DNS would go on sending people to them.
     */
    private static final String START = """
            fail() {
              for id in $REMOVE; do
                echo "The end of what $(docker inspect --format '{{.Name}}' "$id" 2>/dev/null | cut -c 2-) said:"
                docker logs --tail 50 "$id" 2>&1 || :
                docker inspect --format '{{if .State.Health}}{{range .State.Health.Log}}{{.Output}}{{end}}{{end}}' "$id" 2>/dev/null | tail -n 3 || :
              done
              docker stop $REMOVE >/dev/null 2>&1 || :
              docker rm -f $REMOVE >/dev/null 2>&1 || :
              problem rolling-unhealthy "$1"
            }
            states() {
              docker inspect --type container --format '{{.Name}} {{.State.Status}} {{.RestartCount}} {{.State.ExitCode}} {{if .State.Health}}{{.State.Health.Status}}{{else if .Config.Healthcheck}}{{index .Config.Healthcheck.Test 0}}{{else}}none{{end}}' $IDS 2>&1
            }
            before=$(states | awk '{ sum += $3 } END { print sum + 0 }')
            said=$(docker start $IDS 2>&1 >/dev/null) || fail "$(printf '%s\\n' "$said" | head -n 1)"
            i=0
            while :; do
              now=$(states) || fail "$now"
              verdict=$(printf '%s\\n' "$now" | awk -v before="$before" -v settled="$((i >= SETTLED))" '
                { name = substr($1, 2); sum += $3; last = name }
                $2 != "running" { bad = name " is " $2 " (exit status " $4 ")"; next }
                tolower($5) == "none" { if (!settled) wait = "waits"; next }
                $5 == "unhealthy" { bad = name " is unhealthy"; next }
                $5 != "healthy" { wait = "waits" }
                END {
                  if (bad == "" && sum > before) bad = last " died and was started again"
                  print bad != "" ? "bad " bad : wait
                }')
              case $verdict in
                '') break ;;
                'bad '*) fail "${verdict#bad }" ;;
              esac
              [ $i != 0 ] || case "$now" in *' none' | *' none
            '*) echo 'No health check: it counts as ready when it has run for 5 s.' ;; esac
              sleep 0.5; i=$((i+1))
            done""";

    private static final String RETIRE = """
            if [ -n "$DRAIN" ]; then
              for id in $RUNNING; do
                docker exec "$id" sh -c "$DRAIN" </dev/null || echo "rolling.drainCommand failed in $id; it is stopped all the same." &
              done
              wait
            fi
            [ -z "$RUNNING" ] || sleep "$SECONDS_LEFT"
            [ -z "$RUNNING" ] || docker stop $RUNNING >/dev/null || :
            for id in $IDS; do
              ! docker inspect --type container "$id" >/dev/null 2>&1 || docker rm "$id" >/dev/null || problem rolling-not-removed "$id"
            done""";

    private Rolling() {}

    /** Reports what compose makes of the files in the directory, and what the containers are. */
    public static String look(Compose compose, String directory, List<String> containers) {
        return instances(Script.in(directory))
                .set("COMPOSE_CONFIG", compose.line("config"))
                .set("COMPOSE_HASH", compose.line("config", "--hash", "*"))
                .then(LOOK)
                .then(containers.isEmpty() ? "" : "instances " + Quote.command(containers))
                .text();
    }

    /**
     * Makes containers of a service beside those that are there, starts none of them, and reports all there are then. What
     * it depends on is left as it is by {@code --no-recreate}; with {@code --no-deps} version 2 would leave the
     * dependencies out of the hash, and every later look would find these containers to be of another release.
     *
     * @param count how many there shall be, stopped ones among them
     */
    public static String create(Compose compose, String directory, String project, String service, int count) {
        String line = compose.line("up", "--no-start", "--no-recreate", "--scale", service + "=" + count, service);
        return instances(Script.in(directory))
                .then(line + " || problem up-failed")
                .set("PROJECT", project)
                .set("SERVICE", service)
                .then(LIST)
                .text();
    }

    /** Has compose make a service as the files say, old containers stopped first; its dependencies are left alone. */
    public static String recreate(Compose compose, String directory, String service) {
        return Script.in(directory)
                .then(compose.line("up", "-d", "--no-deps", service) + " || problem up-failed")
                .text();
    }

    private static Script instances(Script script) {
        return script.set("INSTANCE", INSTANCE).then(INSTANCES_OF);
    }

    /**
     * Starts containers and waits until all of them are healthy; ends in the problem {@code rolling-unhealthy} as soon as
     * one is not.
     *
     * @param removeOnFailure those of them that are removed then, after their logs were shown
     */
    public static String start(List<String> containers, List<String> removeOnFailure) {
        return Script.start()
                .setCommand("IDS", containers.toArray(String[]::new))
                .setCommand("REMOVE", removeOnFailure.toArray(String[]::new))
                .set("SETTLED", Integer.toString(SETTLED))
                .then(START)
                .text();
    }

    /**
     * Takes containers out of service, stops them with their own stop time-outs, and removes them. Their volumes stay.
     *
     * @param running those that run
     * @param stopped those that do not
     * @param drainCommand POSIX shell to run in each of them first
     * @param drain how long they go on after that
     */
    public static String retire(
            List<String> running, List<String> stopped, Optional<String> drainCommand, Duration drain) {
        return Script.start()
                .setCommand("RUNNING", running.toArray(String[]::new))
                .then("IDS=\"$RUNNING \"" + Quote.quoted(Quote.command(stopped)))
                .set("DRAIN", drainCommand.orElse(""))
                .set("SECONDS_LEFT", String.format(Locale.ROOT, "%.3f", drain.toMillis() / 1000.0))
                .then(RETIRE)
                .text();
    }
}
