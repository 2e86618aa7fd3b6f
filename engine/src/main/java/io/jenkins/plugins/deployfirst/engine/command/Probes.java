package io.jenkins.plugins.deployfirst.engine.command;

import java.util.List;
import java.util.Locale;

/** Scripts that ask on the host whether something is healthy; they report what they found and judge nothing. */
public final class Probes {
    /** Reported by {@link #command}: the exit status. */
    public static final String STATUS = "status";
    /** Reported by {@link #command}: the end of what was printed. */
    public static final String OUTPUT = "output";
    /** Reported by {@link #containers}: a line for each with service, state, health (or {@code -}) and exit status. */
    public static final String CONTAINERS = "containers";
    /** Reported by {@link #http}: the lines of the answer's head; before them those of redirects that wget followed. */
    public static final String HEAD = "head";
    /** Reported by {@link #http}: the body in base64, to be read without its line ends. */
    public static final String BODY = "body";
    /** Reported by {@link #http}: {@code yes} when there was more body than was taken. */
    public static final String TRUNCATED = "truncated";
    /** Reported by {@link #http}: what curl says of its failure. */
    public static final String ERROR = "error";
    /** Reported by {@link #http}: the exit status of curl or wget; 127 when the host has neither. */
    public static final String EXIT = "exit";

    /** Reported by {@link #logs}: a line for each service that has logged a match: its name and the first one. */
    public static final String FOUND = "found";
    /** Reported by {@link #logs}: services without a container, or whose logs Docker cannot read. */
    public static final String UNREAD = "unread";

    private static final String READ_LOGS = """
            echo | grep -E -e "$PATTERN" >/dev/null 2>&1 || [ $? = 1 ]
            ids=$(docker ps --all --quiet --no-trunc --filter "label=com.docker.compose.project=$PROJECT" \\
              --filter label=com.docker.compose.oneoff=False)
            seen=' '
            for id in $ids; do
              line=$(docker inspect --format "$FORMAT" "$id" 2>/dev/null) || continue
              service=${line%% *}
              case " $SERVICES " in '  ' | *" $service "*) ;; *) continue ;; esac
              seen="$seen$service "
              if ! docker logs --tail 0 "$id" >/dev/null 2>&1; then report unread "$service"; continue; fi
              found=$(docker logs --since "${SINCE:-${line#* }}" "$id" 2>&1 | grep -m 1 -E -e "$PATTERN" | cut -c 1-400)
              [ -z "$found" ] || report found "$service: $found"
            done
            for service in $SERVICES; do
              case $seen in *" $service "*) ;; *) report unread "$service" ;; esac
            done""";

    private static final String CONTAINER_FORMAT = "{{index .Config.Labels \"com.docker.compose.service\"}} "
            + "{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}-{{end}} {{.State.ExitCode}}";

    // The body goes through a pipe, so that the taker's limit ends the sender; the sender's status goes beside it.
    private static final String ASK = """
            d=$(mktemp -d); trap 'rm -rf "$d"' EXIT; trap 'exit 143' TERM
            echo 0 >"$d/exit"; : >"$d/head"; : >"$d/error"
            if command -v curl >/dev/null 2>&1; then
              { curl -q --silent --show-error --globoff --proto =http,https --max-time "$SECONDS_LEFT" \\
                --user-agent deploy-first --dump-header "$d/head" --url "$URL" 2>"$d/error" \\
                || echo "$?" >"$d/exit"; } | head -c "$((LIMIT+1))" >"$d/body"
            elif command -v wget >/dev/null 2>&1; then
              { wget -q -S -O - -T "${SECONDS_LEFT%.*}" -U deploy-first "$URL" 2>"$d/head" \\
                || echo "$?" >"$d/exit"; } | head -c "$((LIMIT+1))" >"$d/body"
            else
              echo 127 >"$d/exit"; : >"$d/body"
            fi
            report exit "$(cat "$d/exit")"
            report error "$(head -c 500 "$d/error")"
            [ "$(wc -c <"$d/body")" -le "$LIMIT" ] || report truncated yes
            head -c 65536 "$d/head" | report_lines head
            """;

    // Base64 carries bytes of any character set; in lines that are neither too many nor too long for who reads them.
    private static final String REPORT_BODY =
            "head -c \"$LIMIT\" \"$d/body\" | base64 | tr -d '\\n' | fold -w 65536 | report_lines body";

    private Probes() {}

    /**
     * Runs a person's command line, without the strictness of the engine's own scripts.
     *
     * @param directory where, absolute
     * @param commandLine POSIX shell
     */
    public static String command(String directory, String commandLine) {
        return Script.in(directory).set("COMMAND", commandLine).then("""
                        if output=$(sh -c "$COMMAND" 2>&1); then status=0; else status=$?; fi
                        report status "$status"
                        report output "$(printf '%s\\n' "$output" | tail -n 3 | tail -c 500)"
                        """).text();
    }

    /**
     * Looks at the containers of a compose project: stopped ones too, those of {@code compose run} not.
     *
     * @param project its name
     */
    public static String containers(String project) {
        return Script.start()
                .set("PROJECT", project)
                .set("FORMAT", CONTAINER_FORMAT)
                // A container may go between the two commands; the others are told all the same.
                .then("""
                        ids=$(docker ps --all --quiet --no-trunc --filter "label=com.docker.compose.project=$PROJECT" \\
                          --filter label=com.docker.compose.oneoff=False)
                        [ -z "$ids" ] || docker inspect --format "$FORMAT" $ids 2>/dev/null | report_lines containers
                        """)
                .text();
    }

    /**
     * Looks for lines in the logs of a compose project's containers.
     *
     * @param project its name
     * @param services only theirs; empty: those of all
     * @param since a time as Docker writes it; empty: each container's last start
     * @param pattern an extended regular expression
     */
    public static String logs(String project, List<String> services, String since, String pattern) {
        return Script.start()
                .set("PROJECT", project)
                .set("SERVICES", String.join(" ", services))
                .set("SINCE", since)
                .set("PATTERN", pattern)
                .set("FORMAT", "{{index .Config.Labels \"com.docker.compose.service\"}} {{.State.StartedAt}}")
                .then(READ_LOGS)
                .text();
    }

    /**
     * Asks a URL once, by curl, which follows nothing, or where that is missing by wget, which follows redirects itself.
     *
     * @param url without user information; every user of the host can see it while it is asked
     * @param maxMillis how long it may take
     * @param bodyLimit how much of the body is taken, in bytes
     * @param reportBody whether the body is reported at all
     */
    public static String http(String url, long maxMillis, int bodyLimit, boolean reportBody) {
        return Script.start()
                .set("URL", url)
                .set("SECONDS_LEFT", seconds(maxMillis))
                .set("LIMIT", Integer.toString(bodyLimit))
                .then(reportBody ? ASK + REPORT_BODY : ASK)
                .text();
    }

    /** At least one, because curl and wget take zero for unlimited. */
    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", Math.max(1000, millis) / 1000.0);
    }
}
