package io.jenkins.plugins.deployfirst.engine.workspace;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.util.List;

/** Turns the problem that a script in the workspace reported into a reason and a remedy. */
public final class WorkspaceProblem {
    private static final int LONGEST = 1000;

    private WorkspaceProblem() {}

    /**
     * Explains why a script failed.
     *
     * @param name what the script was for
     */
    public static DeployFirstException explain(String name, ScriptResult result) {
        String detail = OneLine.of(result.value("detail"), LONGEST);
        return switch (result.value("problem")) {
            case "no-docker" -> problem("docker is missing on this node.", "Install Docker Engine there.");
            case "docker-fails" ->
                problem(
                        "docker does not work on this node: " + detail + ".",
                        "Check that the Docker daemon runs, and that the agent's user may use it (group docker).");
            case "no-compose" ->
                problem(
                        "Docker Compose is missing on this node: neither \"docker compose\" nor docker-compose is there.",
                        "Install the compose plugin of Docker there.");
            case "no-scratch" ->
                problem("No directory can be made in " + detail + ".", "Check the free disk space and its owner.");
            case "scratch-left" ->
                problem(
                        detail + " was not removed: a process of this build still uses it.",
                        "It is removed as soon as that ends.");
            case "docker-config" ->
                problem(detail + " cannot be read.", "Give it to the agent's user, or set DOCKER_CONFIG.");
            case "login-failed" ->
                problem(
                        "registry: the login is refused: " + detail + ".",
                        "Check the credential, and the registry's address.");
            case "no-ssh" ->
                problem("ssh-agent is missing on this node.", "Install the OpenSSH client (openssh-client) there.");
            case "key-refused" ->
                problem(
                        "submodules: the SSH key cannot be loaded: " + detail + ".",
                        "Check that the credential holds a private key of OpenSSH or PEM, and its passphrase.");
            case "submodules-failed" ->
                problem("The submodules cannot be brought: " + reason(result) + ".", submodules(result.tail()));
            case "pull-failed" ->
                problem(
                        "The image " + detail + " is neither here nor can it be pulled: " + reason(result) + ".",
                        "Check its name, and log in to its registry.");
            case "compose-invalid" ->
                problem("files: compose refuses them: " + detail + ".", "Name files in the workspace, or mend them.");
            case "compose-up-failed" ->
                problem("The services did not start: " + reason(result) + ".", "See the output above.");
            case "database-ended" ->
                problem(
                        "The database ended with exit status " + detail + " before it was ready: " + reason(result)
                                + ".",
                        "See the end of its output above; it may need more in database.environment.");
            case "database-not-ready" ->
                problem(
                        "The database did not get ready within readyTimeout" + (detail.isEmpty() ? "" : ": " + detail)
                                + ".",
                        "See the end of its output above, and check database.ready.");
            case "no-ready-check" ->
                problem(
                        "database.ready: is missing, and the database's image has no health check.",
                        "Write a command that succeeds in it once it takes connections, such as pg_isready -h 127.0.0.1.");
            default -> problem(name + " " + ending(result) + ".", "See the output above.");
        };
    }

    /** Says in words how a script ended: its exit status and what it said last, or that its time was over. */
    public static String ending(ScriptResult result) {
        if (result.exitStatus() == HostShell.DEADLINE_PASSED) {
            return "did not end in time and was stopped";
        }
        String said = reason(result);
        return "failed with exit status " + result.exitStatus() + ": " + (said.isEmpty() ? "it printed nothing" : said);
    }

    private static String submodules(String printed) {
        if (printed.contains("Host key verification failed")) {
            return "Add the git server's host key (ssh-keyscan) to submodules.knownHosts or to ~/.ssh/known_hosts of the"
                    + " agent's user, after comparing its fingerprint.";
        }
        return printed.contains("Permission denied")
                ? "Give a credential whose public key the git server knows as submodules.credentialsId."
                : "Check their addresses in .gitmodules.";
    }

    /** The line that says most: the first one that is marked as the reason, or else the last one. */
    private static String reason(ScriptResult result) {
        List<String> lines = result.tail()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String line = lines.stream()
                .filter(text -> text.matches("(?i)(fatal|error|error response from daemon): .*"))
                .findFirst()
                .orElse(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
        return OneLine.of(line, LONGEST);
    }

    private static DeployFirstException problem(String problem, String remedy) {
        return DeployFirstException.unchanged(problem.replaceAll("[.:]\\.$", "."), remedy);
    }
}
