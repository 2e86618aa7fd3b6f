package io.jenkins.plugins.deployfirst.engine.command;

/**
 * Scripts around a Docker configuration of a flow's own: it begins as the user's, takes logins that the user's never sees,
 * and goes with the directory that it is in.
 */
public final class DockerConfig {
    /**
     * Plugins, contexts and certificates are the user's own. A login goes into this configuration's file: an
     * entry without a credential store for this registry is added, which leaves the others to the store that the user has,
     * and keeps Docker from looking for one of the system's. Docker merges what stands twice.
     */
    private static final String BEGIN = """
            from=${DOCKER_CONFIG:-${HOME-}/.docker}
            ( umask 077; mkdir -p -- "$CONFIG" )
            for entry in "$from"/*; do
              [ "${entry##*/}" = config.json ] || [ ! -e "$entry" ] || ln -sfn -- "$entry" "$CONFIG/${entry##*/}"
            done
            json='{}'
            [ ! -s "$from/config.json" ] || json=$(cat -- "$from/config.json") || problem docker-config "$from/config.json"
            json=${json%\\}*}
            case $json in *'"'*) json="$json," ;; esac
            ( umask 077; printf '%s\\n' "$json\\"credHelpers\\":{\\"$KEY\\":\\"\\"}}" > "$CONFIG/config.json" )""";

    private static final String LOGIN = """
            said=$(printf '%s' "$PASSWORD" | docker login --username "$USERNAME" --password-stdin ${SERVER:+"$SERVER"} 2>&1) ||
              problem login-failed "$(printf '%s\\n' "$said" | tail -n 1)\"""";

    private DockerConfig() {}

    /**
     * Makes the configuration and logs in, ending in the problem {@code login-failed} when the registry refuses it, or
     * {@code docker-config} when the user's own cannot be read. The password stands in no argument and no environment.
     *
     * @param directory of the configuration, absolute; is made
     */
    public static String login(String directory, Registry registry) {
        return use(
                        Script.start()
                                .set("CONFIG", directory)
                                .set("KEY", registry.key())
                                .then(BEGIN),
                        directory)
                .set("USERNAME", registry.username())
                .set("PASSWORD", registry.password())
                .set("SERVER", registry.host())
                .then(LOGIN)
                .text();
    }

    /** Has the commands that follow use the configuration. */
    public static Script use(Script script, String directory) {
        return script.set("DOCKER_CONFIG", directory).then("export DOCKER_CONFIG");
    }

    /** Logs out again and removes the configuration; succeeds also where there is none. */
    public static Script logout(Script script, String directory, Registry registry) {
        return use(script, directory)
                .set("SERVER", registry.host())
                .then("[ ! -d \"$DOCKER_CONFIG\" ] || docker logout ${SERVER:+\"$SERVER\"} >/dev/null 2>&1 || :")
                .then("rm -rf -- \"$DOCKER_CONFIG\"");
    }
}
