package io.jenkins.plugins.deployfirst.engine.command;

/**
 * Scripts around a directory of a flow's own, which is removed, with what belongs to it, when the flow's last process has
 * ended: also when the flow was aborted, or the machine that drove it has vanished.
 *
 * <p>Every process of the flow inherits a shared lock on the directory. Whoever gets the exclusive one is the last, and
 * runs what the file {@code clean} in it says.
 */
public final class Scratch {
    private static final String MAKE = """
            T=$(umask 077; mktemp -d "${TMPDIR:-/tmp}/deploy-first.XXXXXXXXXX") || problem no-scratch "${TMPDIR:-/tmp}"
            report scratch "$T\"""";

    private static final String GUARD = """
            ( umask 077; printf '%s\\n' "$CLEAN" > "$T/clean" )
            setsid sh -c 'flock -x "$1" sh "$1/clean"' sh "$T" </dev/null >/dev/null 2>&1 9>&- &""";

    private static final String END = """
            [ -d "$T" ] || exit 0
            flock -x -w 30 "$T" sh -c 'if [ -f "$1/clean" ]; then sh "$1/clean"; else rm -rf -- "$1"; fi' sh "$T" || :
            [ ! -d "$T" ] || problem scratch-left "$T\"""";

    private Scratch() {}

    /** Makes the directory, readable for nobody else, and reports it as {@code scratch}. */
    public static String make() {
        return Script.start().then(MAKE).text();
    }

    /** Shares the lock; to be run in every shell of the flow, after it was told to hold the directory. */
    public static String share() {
        return Script.start().then("flock -s 9").text();
    }

    /**
     * Shares the lock, and starts what waits for the end of the flow.
     *
     * @param clean what to do at the end, before the directory is removed; with {@code T} set to the directory, and
     *     without the strictness of the engine's own scripts
     */
    public static String guard(String directory, String clean) {
        // As one command, because the file that it is read from goes with the directory.
        Script all = new Script("").set("T", directory);
        String text = all.text() + "{\n" + clean.stripTrailing() + "\nrm -rf -- \"$T\"; exit 0\n}";
        return new Script(share())
                .set("T", directory)
                .set("CLEAN", text)
                .then(GUARD)
                .text();
    }

    /** Waits for the flow's last process and cleans up, unless that is done; to be run in a shell of its own. */
    public static String end(String directory) {
        return Script.start().set("T", directory).then(END).text();
    }
}
