package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.ArrayList;
import java.util.List;

/** Scripts around an SSH agent of a flow's own, in the flow's own directory (see {@link Scratch}), and around what uses it. */
public final class SshAgent {
    /**
     * The agent must not keep the directory's lock. The key comes through standard input; {@code ssh-add} has its passphrase
     * asked from a program, which answers once from a file that nobody else can read: asked twice, the answer was wrong.
     */
    private static final String START = """
            command -v ssh-agent >/dev/null 2>&1 && command -v ssh-add >/dev/null 2>&1 || problem no-ssh
            SSH_AUTH_SOCK=$T/agent; export SSH_AUTH_SOCK
            eval "$(ssh-agent -s -a "$SSH_AUTH_SOCK" 9>&-)" >/dev/null
            printf '%s\\n' "$SSH_AGENT_PID" > "$T/agent.pid"
            SSH_ASKPASS=false
            if [ -n "$PASSPHRASE" ]; then
              SSH_ASKPASS=$T/askpass
              ( umask 077
                printf '%s\\n' "$PASSPHRASE" > "$T/passphrase"
                printf '#!/bin/sh\\ncd "${0%%/*}" && cat passphrase && rm -f passphrase\\n' > "$SSH_ASKPASS"
                chmod u+x "$SSH_ASKPASS" )
            fi
            export SSH_ASKPASS SSH_ASKPASS_REQUIRE=force DISPLAY=:
            loaded=0
            said=$(printf '%s\\n' "$KEY" | ssh-add -q - 2>&1) || loaded=$?
            rm -f "$T/passphrase" "$T/askpass"
            [ "$loaded" = 0 ] || problem key-refused "$(printf '%s\\n' "$said" | tail -n 1)\"""";

    private SshAgent() {}

    /**
     * Starts it and loads a key.
     *
     * @param scratch the flow's own directory
     * @param key as OpenSSH or PEM write it
     * @param passphrase empty when the key has none
     */
    public static String start(String scratch, String key, String passphrase) {
        return Script.start()
                .set("T", scratch)
                .set("KEY", key.replace("\r\n", "\n").strip())
                .set("PASSPHRASE", passphrase)
                .then(START)
                .text();
    }

    /** Has the commands that follow find the agent. */
    public static Script use(Script script, String scratch) {
        return script.set("SSH_AUTH_SOCK", scratch + "/agent").then("export SSH_AUTH_SOCK");
    }

    /** Ends it; for {@link Scratch#clean}, where {@code T} is the flow's own directory. */
    public static Script stop(Script clean) {
        return clean.then("[ ! -s \"$T/agent.pid\" ] || kill \"$(cat \"$T/agent.pid\")\" 2>/dev/null");
    }

    /** Writes lines of {@code known_hosts} to a file that {@link #git} names. */
    public static String writeKnownHosts(String scratch, String knownHosts) {
        return Script.start()
                .set("FILE", knownHostsFile(scratch))
                .set("KNOWN_HOSTS", knownHosts)
                .then("( umask 077; printf '%s\\n' \"$KNOWN_HOSTS\" > \"$FILE\" )")
                .text();
    }

    private static String knownHostsFile(String scratch) {
        return scratch + "/known_hosts";
    }

    /**
     * Has git use SSH without asking questions, and without leaving connections open that would keep the directory's lock.
     *
     * @param agent whether to log in by the flow's own agent alone
     * @param ownKnownHosts whether only what {@link #writeKnownHosts} wrote is known, rather than what the user knows
     * @param acceptNew whether the key of a host that is not known is accepted and remembered
     */
    public static Script git(Script script, String scratch, boolean agent, boolean ownKnownHosts, boolean acceptNew) {
        List<String> options = new ArrayList<>(List.of(
                "BatchMode=yes",
                "ControlMaster=no",
                "ControlPath=none",
                "StrictHostKeyChecking=" + (acceptNew ? "accept-new" : "yes")));
        if (agent) {
            options.add("IdentityAgent=\"" + scratch + "/agent\"");
        }
        if (ownKnownHosts) {
            options.add("UserKnownHostsFile=\"" + knownHostsFile(scratch) + "\"");
        }
        List<String> words = new ArrayList<>(List.of("ssh"));
        options.forEach(option -> words.addAll(List.of("-o", option)));
        return script.set("GIT_SSH_COMMAND", Quote.command(words)).then("export GIT_SSH_COMMAND");
    }
}
