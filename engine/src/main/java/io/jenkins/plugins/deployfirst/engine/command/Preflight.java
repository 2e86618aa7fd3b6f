package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.List;

/** Looks whether what an environment depends on is there; changes nothing, and names everything that is missing. */
public final class Preflight {
    private static final String LOOK = """
            networks=$(docker network ls --format '{{.Name}}' 2>&1) || problem docker-fails "$networks"
            containers=$(docker ps -a --no-trunc --format '{{.Names}}|{{.State}}|{{.Status}}' 2>&1) || problem docker-fails "$containers"
            missing=
            need_network() {
              printf '%s\n' "$networks" | grep -qxF -- "$1" || missing="$missing; network $1 does not exist"
            }
            need_container() {
              state=$(printf '%s\n' "$containers" | awk -F '|' -v name="$1" '
                { n = split($1, names, ","); for (i = 1; i <= n; i++) if (names[i] == name) { print $2 "|" $3; exit } }')
              case $state in
                '') missing="$missing; container $1 does not exist" ;;
                running*'(unhealthy)'*) missing="$missing; container $1 is unhealthy" ;;
                running*'(health: starting)'*) missing="$missing; container $1 is not healthy yet" ;;
                running*) ;;
                *) missing="$missing; container $1 is ${state%%|*}" ;;
              esac
            }""";

    private Preflight() {}

    /**
     * Ends in the problem {@code preflight} when something is missing.
     *
     * @param networks names of Docker networks
     * @param containers names of containers
     */
    public static String look(List<String> networks, List<String> containers) {
        Script script = Script.start().then(LOOK);
        for (String network : networks) {
            script = script.then("need_network " + Quote.word(network));
        }
        for (String container : containers) {
            script = script.then("need_container " + Quote.word(container));
        }
        return script.then("[ -z \"$missing\" ] || problem preflight \"${missing#; }\"")
                .text();
    }
}
