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

    /**
     * Two paths on one file system are asked for once. Where Docker keeps images may be on another machine
     * ({@code DOCKER_HOST}), which is then not looked at; Docker's containerd image store is beside its own directory.
     */
    private static final String SPACE = """
            docker_root=$(docker info --format '{{.DockerRootDir}}|{{.DriverStatus}}' 2>&1) || problem docker-fails "$docker_root"
            seen=
            need_space() {
              space=$(df -Pk -- "$1" 2>/dev/null | awk 'NR == 2 { print $1, $4 }')
              case "$seen|" in *"|${space% *}|"*) return 0 ;; esac
              case ${space##* } in
                '' | *[!0-9]*) echo "The free space of $1 cannot be seen from here." ;;
                *)
                  seen="$seen|${space% *}"
                  [ "${space##* }" -ge "$KILOBYTES" ] || missing="$missing; $2 $1 has ${space##* } KiB free, $KILOBYTES are asked for" ;;
              esac
            }
            need_space "${docker_root%%|*}" "Docker's directory"
            case $docker_root in *io.containerd.*) [ ! -d /var/lib/containerd ] || need_space /var/lib/containerd "Docker's directory" ;; esac
            need_space "$DIR" 'the directory'""";

    private Preflight() {}

    /**
     * Ends in the problem {@code preflight} when something is missing.
     *
     * @param directory the environment's
     * @param networks names of Docker networks
     * @param containers names of containers
     * @param diskSpace bytes; 0: not asked
     */
    public static String look(String directory, List<String> networks, List<String> containers, long diskSpace) {
        Script script = Script.in(directory).then(LOOK);
        for (String network : networks) {
            script = script.then("need_network " + Quote.word(network));
        }
        for (String container : containers) {
            script = script.then("need_container " + Quote.word(container));
        }
        if (diskSpace > 0) {
            script = script.set("KILOBYTES", Long.toString((diskSpace + 1023) / 1024))
                    .then(SPACE);
        }
        return script.then("[ -z \"$missing\" ] || problem preflight \"${missing#; }\"")
                .text();
    }
}
