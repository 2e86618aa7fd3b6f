package io.jenkins.plugins.deployfirst.engine.command;

import java.util.Optional;

/** Scripts on an environment's state directory: journal, validated SHA, lock and its holder. */
public final class StateFiles {
    /**
     * {@code replace FILE TEXT} is atomic and durable, and keeps an existing file's mode; {@code append TEXT} adds a line
     * to the journal, after mending a line that a cut left unfinished. New files are readable by their owner only; the
     * umask of everything else is left alone, since git and compose create files that containers read. {@code holder}
     * tells who holds the lock, if the process that wrote that down is alive: others may lock the directory too.
     * {@code entries TEXT head|tail COUNT} prints the journal's lines that hold a text; power that fails leaves blocks of
     * NUL behind, at which grep would take the journal for no text.
     */
    private static final String FUNCTIONS = """
            replace() {
              _new=$1.$$.new
              if ( umask 077; [ ! -f "$1" ] || cp -p -- "$1" "$_new"; printf '%s\\n' "$2" | dd of="$_new" conv=fsync 2>/dev/null ) \\
                && mv -f -- "$_new" "$1"; then return 0; fi
              rm -f -- "$_new"; problem state-not-writable "$1"
            }
            append() {
              _line=$1
              if [ -s "$JOURNAL" ] && [ -n "$(tail -c 1 -- "$JOURNAL" | tr '\\000' x)" ]; then _line="
            $1"; fi
              ( umask 077; printf '%s\\n' "$_line" | dd of="$JOURNAL" oflag=append conv=notrunc,fsync 2>/dev/null ) \\
                || problem state-not-writable "$JOURNAL"
            }
            noted() { { IFS= read -r _who && read -r _pid; } 2>/dev/null < "$STATE/holder" && kill -s 0 "$_pid" 2>/dev/null; }
            holder() {
              _i=0; until noted || [ $_i = 10 ]; do sleep 0.1; _i=$((_i+1)); done
              if noted; then echo "$_who"; else echo 'someone who is not Deploy First'; fi
            }
            entries() { tr -d '\\000' < "$JOURNAL" | grep -F -e "$1" | "$2" -n "$3" | cut -c 1-65536; }""";

    /** Comes before the first file is written, so that a wrong directory leaves nothing on the host. */
    private static final String REQUIRE = """
            command -v docker >/dev/null 2>&1 || problem no-docker
            command -v flock >/dev/null 2>&1 || problem no-flock
            [ -e "$DIR" ] || problem no-directory
            [ -d "$DIR" ] || problem not-a-directory
            [ -r "$DIR" ] && [ -w "$DIR" ] && [ -x "$DIR" ] || problem directory-not-writable "$(id -un)\"""";

    private static final String ACQUIRE = """
            ( umask 077; mkdir -p -- "$STATE/saved" ) 2>/dev/null || problem state-not-writable "$STATE"
            mkdir -p -- "${VALIDATED%/*}" 2>/dev/null && [ -w "${VALIDATED%/*}" ] || problem state-not-writable "$VALIDATED"
            if ! flock -n 9; then
              holder=$(holder)
              report waited yes
              echo "The lock is held by $holder; waiting for at most $WAIT s."
              flock -w "$WAIT" 9 || problem locked "$holder"
            fi
            replace "$STATE/holder" "$HOLDER
            $PPID\"""";

    private static final String LOOK = """
            report directory "$(pwd -P)"
            if [ -f "$VALIDATED" ]; then
              text=$(head -c 200 -- "$VALIDATED" | tr -d '[:space:]')
              report validatedText "$text"
              case $text in
                *[!0-9a-fA-F]* | '') ;;
                *) report validated "$(full_sha "$text")" ;;
              esac
            fi
            if [ -f "$JOURNAL" ]; then
              entries '"event":"deploy.started"' head 1 | report_lines journalFirst
              entries '"event":"validated"' tail 5 | report_lines journalValidated
              [ -z "$SHA" ] || entries "\\"$SHA" tail 50 | report_lines journalOfSha
              tail -c 1000000 -- "$JOURNAL" | tail -n "$COUNT" | cut -c 1-65536 | report_lines journal
            fi
            [ ! -f "$STATE/compose" ] || report_lines compose < "$STATE/compose\"""";

    /** Reported by {@link #removeLogin}: the directory for the configuration of a flow's own login to a registry. */
    public static final String LOGIN = "login";

    private static final String FIND = """
            [ -n "$SHA" ] || exit 0
            case ${#SHA} in
              40 | 64) found=$SHA ;;
              *)
                found=$([ ! -f "$JOURNAL" ] || tr -d '\\000' < "$JOURNAL" \\
                  | grep -oE '"(sha|previousSha)":"'"$SHA"'[0-9a-f]*"' | cut -d '"' -f 4 | sort -u)
                case $found in
                  '') problem not-in-journal "$SHA" ;;
                  *[!0-9a-f]*) problem ambiguous-commit "$(echo $found)" ;;
                esac ;;
            esac
            report commit "$found"
            [ ! -f "$JOURNAL" ] || entries "\\"$found\\"" tail 60 | report_lines journalOfSha""";

    private StateFiles() {}

    /**
     * Begins a script that knows the state's paths and functions.
     *
     * @param environment the environment's name, which is safe as a file name
     * @param stateFile the validated SHA's file, where it is not in the state directory
     */
    public static Script with(String environment, Optional<String> stateFile) {
        Script named = Script.start().set("NAME", environment).then("STATE=$HOME/.deploy-first/$NAME");
        Script script = stateFile
                .map(file -> named.set("VALIDATED", file))
                .orElseGet(() -> named.then("VALIDATED=$STATE/last-validated-sha.txt"));
        return script.then("JOURNAL=$STATE/journal.jsonl").then(FUNCTIONS);
    }

    /** Checks what every script needs of the host, and changes nothing. */
    public static Script require(Script state, String directory) {
        return state.set("DIR", directory).then(REQUIRE);
    }

    /**
     * Takes the lock on the directory that descriptor 9 holds open, and writes down who holds it.
     *
     * @param required the script so far, which has looked whether the host has what is needed
     * @param waitSeconds how long it waits for someone else's
     */
    public static Script acquire(Script required, long waitSeconds, String holder) {
        return required.set("WAIT", Long.toString(waitSeconds))
                .set("HOLDER", holder)
                .then(ACQUIRE);
    }

    /**
     * Returns the lines that report what the host runs and remembers, in a directory that {@link #require} has passed.
     *
     * @param live the lines that report what is live, and define {@code full_sha}, which prints the full name of a commit
     * @param sha the commit whose journal entries are wanted; may be empty
     * @param count how many of the journal's last entries are wanted
     */
    public static String look(String live, String sha, int count) {
        return new Script("cd \"$DIR\"\n")
                .then(live)
                .set("SHA", sha)
                .set("COUNT", Integer.toString(count))
                .then(LOOK)
                .text();
    }

    /**
     * Reports as {@code commit} the full SHA, which for an abbreviation is the only one in the journal that begins so, and
     * the entries that name it.
     *
     * @param sha may be empty: then nothing is reported
     */
    public static Script find(Script state, String sha) {
        return state.set("SHA", sha).then(FIND);
    }

    /** Reports who holds the lock now, without taking it. */
    public static Script lookAtLock(Script script) {
        return script.then("""
                if flock -n -s "$DIR" true; then report locked ''; else
                  report locked "$(holder)"
                fi""");
    }

    /** Removes the login that a flow that was cut off has left, and reports where the next may be. */
    public static Script removeLogin(Script state) {
        return state.then("""
                if [ -e "$STATE/docker" ]; then rm -rf -- "$STATE/docker"; fi
                report login "$STATE/docker\"""");
    }

    /** Appends an entry to the journal. */
    public static Script append(Script state, String entry) {
        return state.set("ENTRY", entry).then("append \"$ENTRY\"");
    }

    /** Remembers what is known about compose, for the next run. */
    public static Script rememberCompose(Script state, String text) {
        return state.set("COMPOSE_INFO", text).then("replace \"$STATE/compose\" \"$COMPOSE_INFO\"");
    }

    /** Forgets what was known about compose. */
    public static Script forgetCompose(Script state) {
        return state.then("rm -f -- \"$STATE/compose\"");
    }

    /** Writes the validated SHA. */
    public static Script validate(Script state, String sha) {
        return state.set("VALID", sha).then("replace \"$VALIDATED\" \"$VALID\"");
    }

    /** Lets go of the lock and removes the note of who holds it, unless someone else does. */
    public static Script release(Script state) {
        return state.then("if flock -n 9 2>/dev/null; then rm -f -- \"$STATE/holder\"; flock -u 9; fi");
    }
}
