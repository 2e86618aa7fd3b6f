package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.List;

/** Scripts that tell how containers are, what is mounted into them, and what they have logged. */
public final class ContainerReports {
    /**
     * Reported by {@link #states}: {@code state|id|service|status|health or -|exit status|restart policy} and, for each
     * directory or file of the host that is mounted into it, {@code mount|service|working directory|source|destination}.
     */
    public static final String STATES = "states";
    /** Reported by {@link #tracked}: those of the directories that hold files that git tracks. */
    public static final String TRACKED = "tracked";
    /** Reported by {@link #now}: the time of Docker's machine, as its logs have it. */
    public static final String NOW = "now";

    // By .ID and not .Id, which Docker knows only where it reads everything as JSON, and then there may be no
    // .State.Health.
    private static final String FORMAT = "{{$service := index .Config.Labels \"com.docker.compose.service\"}}"
            + "{{$directory := .Config.WorkingDir}}"
            + "state|{{.ID}}|{{$service}}|{{.State.Status}}|{{if .State.Health}}{{.State.Health.Status}}{{else}}-{{end}}"
            + "|{{.State.ExitCode}}|{{.HostConfig.RestartPolicy.Name}}"
            + "{{range .Mounts}}{{if eq (print .Type) \"bind\"}}{{\"\\n\"}}mount|{{$service}}|{{$directory}}|{{.Source}}"
            + "|{{.Destination}}{{end}}{{end}}";

    private ContainerReports() {}

    /** Reports how these containers are; those that are gone are left out. */
    public static String states(List<String> ids) {
        return Script.start()
                .set("FORMAT", FORMAT)
                .then("docker inspect --type container --format \"$FORMAT\" " + Quote.command(ids)
                        + " 2>/dev/null | report_lines states")
                .text();
    }

    /** Reports which directories are source code: in a git checkout those with tracked files, else none. */
    public static String tracked(String directory, List<String> sources) {
        Script script = Script.in(directory);
        for (String source : sources) {
            script = script.set("SOURCE", source)
                    .then("if [ -d \"$SOURCE\" ] && [ -n \"$(git ls-files -- \"$SOURCE\" 2>/dev/null | head -n 1)\" ];"
                            + " then report tracked \"$SOURCE\"; fi");
        }
        return script.text();
    }

    /**
     * Prints the end of what a container has logged, on both its streams.
     *
     * @param lines at most so many
     * @param bytes and at most so much
     */
    public static String log(String id, int lines, int bytes) {
        return Script.start()
                .then("docker logs --tail " + lines + " " + Quote.word(id) + " 2>&1 | tail -c " + bytes)
                .text();
    }

    /** Reports the time. */
    public static String now() {
        return Script.start()
                .then("now=$(docker info --format '{{.SystemTime}}') || problem docker-fails")
                .then("report now \"$now\"")
                .text();
    }
}
