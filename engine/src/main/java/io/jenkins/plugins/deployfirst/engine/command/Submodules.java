package io.jenkins.plugins.deployfirst.engine.command;

/** Brings the submodules of a checkout. Housekeeping is off: it would go on in the background. */
public final class Submodules {
    private static final String UPDATE = """
            export GIT_TERMINAL_PROMPT=0
            quiet_git() { git -c gc.auto=0 -c maintenance.auto=false -c advice.detachedHead=false "$@"; }
            if [ -f .gitmodules ]; then
              quiet_git submodule --quiet sync --recursive && quiet_git submodule update --init --recursive ||
                problem submodules-failed
            fi""";

    private Submodules() {}

    /** Does it in the script's directory, to the commits that the checkout names; nothing where there are none. */
    public static String update(Script script) {
        return script.then(UPDATE).text();
    }
}
