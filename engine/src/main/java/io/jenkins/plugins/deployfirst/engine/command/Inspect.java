package io.jenkins.plugins.deployfirst.engine.command;

import java.util.Optional;

/** Scripts that look whether a host has what a deployment needs; they change nothing, and report {@code found}. */
public final class Inspect {
    private static final String GIT = """
            command -v git >/dev/null 2>&1 || problem no-git
            command -v flock >/dev/null 2>&1 || problem no-flock
            report found "$(git --version)\"""";

    private static final String DOCKER = """
            command -v docker >/dev/null 2>&1 || problem no-docker
            version=$(docker version --format '{{.Server.Version}}' 2>&1) || problem docker-fails "$version"
            report found "Docker $version\"""";

    private static final String FOLDER = """
            [ -e "$DIR" ] || problem no-directory
            [ -d "$DIR" ] || problem not-a-directory
            [ -r "$DIR" ] && [ -w "$DIR" ] && [ -x "$DIR" ] || problem directory-not-writable "$(id -un)\"""";

    private static final String CHECKOUT = """
            cd "$DIR"
            top=$(git rev-parse --show-toplevel 2>&1) || problem not-a-checkout "$top"
            [ "$top" = "$(pwd -P)" ] || problem not-the-top "$top"
            git rev-parse --verify -q HEAD >/dev/null || problem no-commit
            report found "$(git log -1 --format='%h %s' HEAD)\"""";

    /** What is not there yet will be made by the first deployment: then the nearest folder that is there counts. */
    private static final String STATE = """
            for wanted in "$STATE" "${VALIDATED%/*}"; do
              folder=$wanted; while [ ! -e "$folder" ]; do folder=$(dirname -- "$folder"); done
              [ -d "$folder" ] && [ -w "$folder" ] && [ -x "$folder" ] || problem state-not-writable "$wanted"
            done
            if [ -f "$VALIDATED" ]; then report found "$VALIDATED: $(head -c 200 -- "$VALIDATED")"
            elif [ -e "$VALIDATED" ]; then problem state-not-writable "$VALIDATED"
            else report found "$VALIDATED"; fi""";

    private Inspect() {}

    /** Looks for git and flock. */
    public static String git() {
        return Script.start().then(GIT).text();
    }

    /** Looks whether docker is there, and its daemon answers this user. */
    public static String docker() {
        return Script.start().then(DOCKER).text();
    }

    /** Looks how compose is started; reports {@code tool} as well. */
    public static String compose() {
        return Compose.detect(Script.start())
                .then(
                        "report found \"$(docker compose version 2>/dev/null || docker-compose version 2>/dev/null | head -n 1)\"")
                .text();
    }

    /** Looks whether the directory is a git checkout that this user may change. */
    public static String directory(String directory) {
        return Script.start()
                .set("DIR", directory)
                .then("command -v git >/dev/null 2>&1 || problem no-git")
                .then(FOLDER)
                .then(CHECKOUT)
                .text();
    }

    /** Looks whether the directory is one that this user may change, on a host that has all that a lock needs. */
    public static String folder(String directory) {
        return Script.start()
                .set("DIR", directory)
                .then("command -v flock >/dev/null 2>&1 || problem no-flock")
                .then(FOLDER)
                .then("report found \"$DIR\"")
                .text();
    }

    /** Asks compose whether it understands the files that are live; to be run in a checkout. */
    public static String composeFiles(String directory, Compose compose) {
        return Script.in(directory)
                .set("COMPOSE", compose.line("config"))
                .then(
                        "text=$(eval \"$COMPOSE\" 2>&1 >/dev/null) || problem compose-files-invalid \"$(printf '%s\\n' \"$text\" | tail -n 8)\"")
                .then("report found \"$(eval \"$COMPOSE --services\" 2>/dev/null | tr '\\n' ' ')\"")
                .text();
    }

    /** Looks whether the state can be written. */
    public static String state(String environment, Optional<String> stateFile) {
        return StateFiles.with(environment, stateFile).then(STATE).text();
    }
}
