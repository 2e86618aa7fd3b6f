package io.jenkins.plugins.deployfirst.engine.command;

/**
 * Scripts around a directory of a flow's own. The flow's first shell holds it, and removes it with what belongs to it when
 * that shell ends, however that comes (see {@link io.jenkins.plugins.deployfirst.engine.host.HostShell#atEnd}).
 */
public final class Scratch {
    private static final String MAKE = """
            T=$(umask 077; mktemp -d "${TMPDIR:-/tmp}/deploy-first.XXXXXXXXXX") || problem no-scratch "${TMPDIR:-/tmp}"
            report scratch "$T\"""";

    /** The lock is let go of after the cleaning. */
    private static final String AWAIT = """
            [ ! -d "$T" ] || flock -x -w 30 "$T" true 2>/dev/null || :
            [ ! -d "$T" ] || problem scratch-left "$T\"""";

    private Scratch() {}

    /** Makes the directory, readable for nobody else, and reports it as {@code scratch}. */
    public static String make() {
        return Script.start().then(MAKE).text();
    }

    /** Locks the directory; to be run after the shell was told to hold it. */
    public static String lock() {
        return Script.start().then("flock -x 9").text();
    }

    /**
     * Returns what the shell does at its end.
     *
     * @param clean comes before the directory is removed, which it finds as {@code T}; may fail
     */
    public static String clean(String directory, String clean) {
        return new Script("set +e\n")
                .set("T", directory)
                .then(clean)
                .then("rm -rf -- \"$T\"")
                .text();
    }

    /** Waits until the directory is gone; to be run in a shell of its own, when the first one was closed. */
    public static String await(String directory) {
        return Script.start().set("T", directory).then(AWAIT).text();
    }
}
