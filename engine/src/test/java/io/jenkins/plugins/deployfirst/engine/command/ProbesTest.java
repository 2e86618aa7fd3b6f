package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbesTest {
    private static final String START = Script.start().text();

    @Test
    void aCommandRunsInItsDirectoryAndInAShellOfItsOwn() {
        assertThat(Probes.command("/srv/it's", "curl -f \"$URL\" || exit 3")).isEqualTo(START + """
                        DIR='/srv/it'\\''s'
                        cd "$DIR"
                        COMMAND='curl -f "$URL" || exit 3'
                        if output=$(sh -c "$COMMAND" 2>&1); then status=0; else status=$?; fi
                        report status "$status"
                        report output "$(printf '%s\\n' "$output" | tail -n 3 | tail -c 500)"
                        """);
    }

    @Test
    void containersAreFoundByTheLabelsOfCompose() {
        assertThat(Probes.containers("preprod")).isEqualTo(START + """
                        PROJECT='preprod'
                        FORMAT='{{index .Config.Labels "com.docker.compose.service"}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}-{{end}} {{.State.ExitCode}}'
                        ids=$(docker ps --all --quiet --no-trunc --filter "label=com.docker.compose.project=$PROJECT" \\
                          --filter label=com.docker.compose.oneoff=False)
                        [ -z "$ids" ] || docker inspect --format "$FORMAT" $ids 2>/dev/null | report_lines containers
                        """);
    }

    @Test
    void aUrlIsAskedByCurlOrElseByWgetAndItsBodyIsBounded() {
        assertThat(Probes.http("http://localhost:8080/up?a='b'", 9_500, 1024, true))
                .isEqualTo(START + """
                        URL='http://localhost:8080/up?a='\\''b'\\'''
                        SECONDS_LEFT='9.500'
                        LIMIT='1024'
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
                        head -c "$LIMIT" "$d/body" | base64 | tr -d '\\n' | fold -w 65536 | report_lines body
                        """);
    }

    @Test
    void aBodyThatNobodyLooksAtStaysOnTheHost() {
        assertThat(Probes.http("http://localhost/", 1000, 1024, false)).doesNotContain("base64");
    }

    @Test
    void aTimeoutIsNeverZeroWhichWouldBeNone() {
        assertThat(Probes.http("http://localhost/", 0, 1024, false)).contains("SECONDS_LEFT='1.000'");
        assertThat(Probes.http("http://localhost/", -5, 1024, false)).contains("SECONDS_LEFT='1.000'");
    }
}
