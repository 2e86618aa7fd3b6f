package io.jenkins.plugins.deployfirst.engine.host;

import java.time.Duration;

/**
 * The small language in which the engine and the shell on the host speak, as pure text.
 *
 * <p>The engine starts {@link #bootstrap()} on the host and writes {@link #driver} to it; from then on it writes
 * messages: {@code run}, {@code beat}, {@code kill} and others. The driver runs each script in a session of its own, so that the
 * script can be ended with everything that it started. What commands print comes back as it is; what the driver and
 * scripts have to say comes in lines that carry a random mark.
 *
 * <p>Who ends what:
 *
 * <ul>
 *   <li>The deadline passes: {@code stop} ends the script's process group (TERM, after 5 s KILL), and the driver goes on.
 *   <li>The flow is aborted: {@code kill} ends the script's process group and the driver.
 *   <li>The connection ends: the driver reads the end of its input. The script in flight goes on to its end or its
 *       deadline; the relay behind the driver keeps taking its output, so that no command dies of a broken pipe.
 *   <li>The connection is silent: without a message for a while ({@link Timing}) the watchdog ends the script and the driver. The
 *       driver answers every beat, so that the engine knows just as well.
 * </ul>
 *
 * <p>A descriptor that the driver opens with {@code hold} is inherited by every script, so a lock on it lives until the
 * driver and the last process of the last script are gone. In each of these cases the driver, or the watchdog in its
 * place, runs the script of the last {@code atend} before that; only a host that is switched off does not.
 */
final class ShellProtocol {
    private ShellProtocol() {}

    /**
     * The command that is started on the host. It reads the driver, up to a line with a single dot, and becomes it. It
     * holds nothing that the login shell, which may be csh or fish, would not pass on as it is between single quotes.
     */
    static String bootstrap() {
        String readDriver = "s=; n=$(printf \"%b.\" \"\\0012\"); while IFS= read -r l && [ \"$l\" != . ]; "
                + "do s=\"$s$l${n%.}\"; done; eval \"$s\"";
        String relay = "{ trap \"\" PIPE INT HUP; cat; cat >/dev/null; }";
        return "exec sh -c '{ " + readDriver + "; } 2>&1 | " + relay + "'";
    }

    /** What every script can call: {@code report NAME VALUE} and {@code report_lines NAME}, which reads its input. */
    private static final String PRELUDE = String.join(
            "\n",
            "set -eu",
            "report() { while IFS= read -r _l; do printf '%s value %s %s\\n' \"$D\" \"$1\" \"$_l\"; done <<_E",
            "$2",
            "_E",
            "}",
            // The line end at the end is for texts whose last line has none.
            "report_lines() { sed \"s/^/$D value $1 /\"; echo; }",
            "");

    /** The program that the bootstrap reads, with the line that ends it. */
    static String driver(String mark, Duration silence) {
        return String.join(
                "\n",
                "LC_ALL=C; export LC_ALL; D=" + mark + "; export D; p=; w=; t=0; f=",
                // $$ is the shell that the bootstrap started, of which the driver is a part of a pipeline.
                "driver=$(exec sh -c 'echo $PPID')",
                "trap '' HUP INT",
                "end_script() {",
                "  [ -n \"$p\" ] && kill -s TERM -- \"-$p\" 2>/dev/null || return 0",
                "  i=0; while [ $i -lt 50 ] && kill -s 0 -- \"-$p\" 2>/dev/null; do sleep 0.1; i=$((i+1)); done",
                "  kill -s KILL -- \"-$p\" 2>/dev/null || :",
                "}",
                // Not from an argument, as below; the lock that is held keeps others away until it has come to its end.
                "finish() {",
                "  [ -n \"$f\" ] || return 0",
                "  printf '%s\\n' \"$P$f\" | sh -c 's=$(cat); ( eval \"$s\" ) </dev/null' >/dev/null 2>&1; f=",
                "}",
                "take() {",
                "  s=; n=$(printf '\\n.')",
                "  while IFS= read -r l && [ \"$l\" != \"." + mark + "\" ]; do s=\"$s$l${n%.}\"; done",
                "  [ \"$l\" = \"." + mark + "\" ]",
                "}",
                // The watchdog holds no lock and no pipe: it must never keep anything alive.
                "arm() {",
                "  [ -z \"$w\" ] || kill \"$w\" 2>/dev/null",
                "  ( trap 'kill \"$s\" 2>/dev/null; exit' TERM; sleep " + silence.toSeconds() + " & s=$!; wait \"$s\"",
                "    end_script; finish; kill -s KILL $driver ) </dev/null >/dev/null 2>&1 9>&- &",
                "  w=$!",
                "}",
                "P=" + Quote.word(PRELUDE),
                "command -v setsid >/dev/null 2>&1 || { echo 'setsid (package util-linux) is missing on the host'; exit; }",
                "arm",
                "while IFS= read -r m; do",
                "  case $m in",
                "  'run '*)",
                "    m=${m#run }; take || break",
                // Through a pipe and not as an argument: arguments can be read by every user of the host.
                "    printf '%s\\n' \"$P$s\" | setsid sh -c 's=$(cat); ( eval \"$s\" ) </dev/null;"
                        + " printf \"%s end %s %s\\n\" \"$D\" \"$1\" $?' sh \"${m%% *}\" &",
                "    p=$!; t=${m#* }",
                // Until the script has its session, a signal to its process group would reach nobody.
                "    until kill -s 0 -- \"-$p\" 2>/dev/null || ! kill -s 0 \"$p\" 2>/dev/null; do :; done",
                "    arm ;;",
                "  atend) take || break; f=${s%\"${n%.}\"}; arm ;;",
                "  'hold '*) m=${m#hold }; if [ -d \"$m\" ] && [ -r \"$m\" ]; then exec 9<\"$m\"; fi ;;",
                "  beat) arm; printf '%s alive\\n' \"$D\" ;;",
                "  'stop '*) end_script; printf '%s end %s 124\\n' \"$D\" \"${m#stop }\" ;;",
                "  kill) end_script; break ;;",
                "  esac",
                "done",
                "kill \"$w\" 2>/dev/null; [ -n \"$f\" ] || exec 9<&-",
                "while [ -n \"$p\" ] && [ $t -gt 0 ] && kill -s 0 -- \"-$p\" 2>/dev/null; do sleep 1; t=$((t-1)); done",
                "end_script; finish",
                ".",
                "");
    }

    /** The message that runs a script; its number comes back with its exit status. */
    static String run(String mark, int number, Duration deadline, String script) {
        return "run " + number + " " + Math.max(1, deadline.toSeconds()) + "\n" + script + "\n." + mark + "\n";
    }

    /** The message that ends the script of this number by force; its exit status is then 124. */
    static String stop(int number) {
        return "stop " + number + "\n";
    }

    /** The message that has a script run when the driver ends. */
    static String atEnd(String mark, String script) {
        return "atend\n" + script + "\n." + mark + "\n";
    }

    /** The message that keeps a directory open on descriptor 9, for every later script. */
    static String hold(String directory) {
        return "hold " + directory + "\n";
    }

    static String beat() {
        return "beat\n";
    }

    static String kill() {
        return "kill\n";
    }
}
