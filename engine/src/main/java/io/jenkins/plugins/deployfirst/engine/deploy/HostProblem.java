package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.util.List;
import java.util.regex.Pattern;

/** Turns the problem that a script reported into a reason and a remedy. */
final class HostProblem {
    private static final Pattern REASON = Pattern.compile("^(fatal|error|ERROR|Error response from daemon): ");
    private static final Pattern REFUSED =
            Pattern.compile("unauthorized|401|incorrect username|access denied|denied:", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_DETAIL = 1000;

    private HostProblem() {}

    /**
     * Explains why a script failed.
     *
     * @param name what the script was for
     */
    static DeployFirstException explain(Environment environment, String name, ScriptResult result) {
        String host = environment.host().describe();
        String directory = environment.directory();
        String detail = environment.host().mask(result.value("detail").strip());
        String problem = result.value("problem");
        return switch (problem) {
            case "no-git" -> problem("git is missing on " + host + ".", "Install git there.");
            case "no-docker" -> problem("docker is missing on " + host + ".", "Install Docker Engine there.");
            case "no-flock" -> problem("flock is missing on " + host + ".", "Install util-linux there.");
            case "no-compose" ->
                problem(
                        "Docker Compose is missing on " + host
                                + ": neither \"docker compose\" nor docker-compose is there.",
                        "Install the compose plugin of Docker there.");
            case "docker-fails" ->
                problem(
                        "docker does not work on " + host + ": " + orElse(detail, tail(result)) + ".",
                        "Check that the Docker daemon runs, and that the user may use it (group docker).");
            case "no-directory" ->
                problem(
                        "directory: " + directory + " does not exist on " + host + ".",
                        "Clone the repository there, or correct the setting.");
            case "not-a-directory" ->
                problem(
                        "directory: " + directory + " on " + host + " is a file, not a directory.",
                        "Name the directory of the git checkout.");
            case "directory-not-writable" ->
                problem(
                        "directory: user " + detail + " may not write to " + directory + " on " + host + ".",
                        "Give the directory to that user, or log in as its owner.");
            case "not-a-checkout" ->
                problem(
                        "directory: " + directory + " on " + host + " is not a git checkout: " + oneLine(detail) + ".",
                        detail.contains("dubious ownership")
                                ? "Give the directory to the user that deploys (chown -R)."
                                : "Clone the repository there, or correct the setting.");
            case "not-the-top" ->
                problem(
                        "directory: " + directory + " on " + host + " is inside the checkout " + detail + ".",
                        "Name the checkout's top directory, and give compose files relative to it.");
            case "no-commit" ->
                problem(
                        "directory: the checkout " + directory + " on " + host + " has no commit yet.",
                        "Check out a first release by hand, so that there is something to go back to.");
            case "state-not-writable" ->
                problem(
                        "The state on " + host + " cannot be written: " + detail + ".",
                        "Check the free disk space and the owner of that path; stateFile names another one.");
            case "locked" ->
                new DeployFirstException(
                        Outcome.LOCKED,
                        environment.name() + " is locked by " + detail + " for longer than lockTimeout.",
                        "Wait for it to end; the lock goes with its last process, nothing needs to be removed.");
            case "unknown-commit" ->
                problem(
                        "sha: no such commit in " + directory + " on " + host + ", also after fetching from "
                                + environment.remote() + ".",
                        "Push the commit first, or correct the SHA.");
            case "not-on-host" ->
                problem(
                        "sha: no commit in " + directory + " on " + host + " begins with " + detail + ".",
                        "Deploy it first, or correct the SHA.");
            case "not-in-journal" ->
                problem(
                        "sha: no release on " + host + " begins with " + detail + ", and without git there nobody knows"
                                + " what it stands for.",
                        "Give the full SHA.");
            case "env-not-writable" ->
                problem(
                        detail + " on " + host + " cannot be written.",
                        "Check the free disk space, and that it is a file in a folder of the user that deploys.");
            case "ambiguous-commit" ->
                problem("sha: several commits begin so: " + detail + ".", "Give more digits of the one that is meant.");
            case "fetch-failed" ->
                problem(
                        "git fetch " + environment.remote() + " failed on " + host + ": " + tail(result) + ".",
                        "Check the remote's address and that the host may read it.");
            case "index-locked" ->
                problem(
                        "Another git process works in the checkout: " + detail + " exists.",
                        "Wait for it to end; if none runs there, remove that file.");
            case "reset-failed" ->
                problem(
                        "git reset --hard failed: " + tail(result) + ".",
                        "Check the disk space and the files' owners.");
            case "reset-stuck" ->
                new DeployFirstException(
                        Outcome.PERSON_NEEDED,
                        "git could put neither the new commit into " + directory + " on " + host + " nor " + detail
                                + " back: " + tail(result) + ".",
                        "Mend what it names, then deploy again or roll back.");
            case "submodules-failed" ->
                problem(
                        "git submodule update failed: " + tail(result) + ".",
                        "Check that the host may read the submodules.");
            case "preflight" ->
                problem(
                        "preflight: what " + environment.name() + " depends on is not ready on " + host + ": "
                                + oneLine(detail) + ".",
                        "Start that first, or make room; nothing was changed here.");
            case "docker-config" ->
                problem(
                        "registry: the configuration of docker on " + host + " cannot be read: " + detail + ".",
                        "Check who owns that file.");
            case "login-failed" -> {
                String registry =
                        environment.secrets().registry().map(Registry::describe).orElse("");
                yield REFUSED.matcher(detail).find()
                        ? problem(
                                "registry: the login at " + registry + " is refused: " + oneLine(detail) + ".",
                                "Check the user name and the password or token; nothing was changed.")
                        : problem(
                                "registry: the login at " + registry + " failed on " + host + ": " + oneLine(detail)
                                        + ".",
                                "Check the address, and that the host reaches it; nothing was changed.");
            }
            case "env-file-exists" ->
                problem(
                        "envFile.path: " + directory + "/" + detail + " on " + host
                                + " exists, and is not what was written there.",
                        "Choose another path, or save that file and remove it; it was left as it is.");
            case "env-file-tracked" ->
                problem(
                        "envFile.path: " + detail + " is a file that git tracks in " + directory + " on " + host + ".",
                        "Choose a path that is not in the repository, and name it in .gitignore.");
            case "env-file-folder" ->
                problem(
                        "envFile.path: the folder of " + directory + "/" + detail + " cannot be made on " + host + ".",
                        "Choose another path.");
            case "env-file-outside" ->
                problem(
                        "envFile.path: " + detail + " leads out of " + directory + " on " + host
                                + " through a symbolic link.",
                        "Choose a path inside the directory.");
            case "env-file-not-written" ->
                problem(
                        "envFile: " + directory + "/" + detail + " on " + host + " cannot be written: " + tail(result)
                                + ".",
                        "Check the free disk space and the owner of the directory.");
            case "backup-failed" ->
                problem(
                        "backup: the command failed on " + host + " with exit status " + detail + ": "
                                + orElse(tail(result), "it printed nothing") + ".",
                        "Mend it; nothing was changed.");
            case "compose-invalid" ->
                problem(
                        "The compose file of the new commit is refused: " + oneLine(detail) + ".",
                        "Mend the file and push again.");
            case "compose-files-invalid" ->
                problem(
                        "compose.files: compose refuses them in " + directory + " on " + host + ": " + oneLine(detail)
                                + ".",
                        "Name the files relative to that directory, or mend them.");
            case "missing-network", "missing-volume" -> {
                String what = problem.substring("missing-".length());
                yield problem(
                        "The compose file of the new commit needs the " + what + " " + detail
                                + ", and there is none of that name on " + host + ".",
                        "Create it there (docker " + what + " create " + detail + "), or correct the name.");
            }
            case "pull-failed" ->
                problem("An image cannot be pulled: " + tail(result) + ".", "Check its name and the registry's login.");
            case "build-failed" -> problem("An image cannot be built: " + tail(result) + ".", "See the output above.");
            case "rolling-config" ->
                problem("compose cannot tell what the services are: " + tail(result) + ".", "See the output above.");
            case "rolling-unhealthy" ->
                problem(
                        "A new container is not fit to take over, and was removed: " + oneLine(detail) + ".",
                        "What it said is above; no container that served was stopped for it.");
            case "rolling-not-removed" ->
                problem("An old container cannot be removed: " + tail(result) + ".", "Remove it: docker rm " + detail);
            case "restart-failed", "up-failed" ->
                problem("The containers did not start: " + tail(result) + ".", "See the output above.");
            default ->
                result.exitStatus() == HostShell.DEADLINE_PASSED
                        ? problem(
                                "\"" + name + "\" on " + host + " did not end within its deadline and was stopped.",
                                "See the output above; commandTimeout sets the deadline.")
                        : problem(
                                "\"" + name + "\" failed on " + host + " with exit status " + result.exitStatus() + ": "
                                        + orElse(tail(result), "it printed nothing") + ".",
                                "See the output above.");
        };
    }

    private static DeployFirstException problem(String problem, String remedy) {
        return DeployFirstException.unchanged(problem.replaceAll("[.:]\\.$", "."), remedy);
    }

    /**
     * The line that says most: git and docker put the reason first and advice after it, and docker-compose ends with the
     * bare exit status of a container that it ran.
     */
    private static String tail(ScriptResult result) {
        String status = Integer.toString(result.exitStatus());
        List<String> lines = result.tail()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals(status))
                .toList();
        return oneLine(lines.stream()
                .filter(line -> REASON.matcher(line).find())
                .findFirst()
                .orElse(lines.isEmpty() ? "" : lines.get(lines.size() - 1)));
    }

    private static String oneLine(String text) {
        return OneLine.of(text, LONGEST_DETAIL);
    }

    private static String orElse(String text, String other) {
        return text.isEmpty() ? other : oneLine(text);
    }
}
