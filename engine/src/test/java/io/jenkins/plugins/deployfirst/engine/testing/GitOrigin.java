package io.jenkins.plugins.deployfirst.engine.testing;

import java.nio.file.Path;
import java.util.Map;

/** A git origin, and a developer's clone from which is pushed to it. */
public final class GitOrigin {
    private final Path root;

    private GitOrigin(Path root) {
        this.root = root;
    }

    /** Makes an empty one with a branch main. */
    public static GitOrigin start(Path root) {
        GitOrigin origin = new GitOrigin(root);
        Tool.run(
                root, "git", "init", "-q", "--bare", "-b", "main", origin.path().toString());
        Tool.run(
                root,
                "git",
                "clone",
                "-q",
                origin.path().toString(),
                origin.work().toString());
        Path work = origin.work();
        Tool.run(work, "git", "config", "user.name", "Ada Lovelace");
        Tool.run(work, "git", "config", "user.email", "ada@example.com");
        Tool.run(work, "git", "checkout", "-q", "-B", "main");
        return origin;
    }

    /** Returns the bare repository. */
    public Path path() {
        return root.resolve("origin.git");
    }

    /** Returns the developer's clone. */
    public Path work() {
        return root.resolve("work");
    }

    /** Commits files on main, pushes them, and returns the commit. */
    public String commit(String subject, Map<String, String> files) {
        return commit("main", subject, files);
    }

    /** Commits files on top of what is checked out, pushes that as a branch, and returns the commit. */
    public String commit(String branch, String subject, Map<String, String> files) {
        files.forEach((name, text) -> Tool.write(work().resolve(name), text));
        Tool.run(work(), "git", "add", "-A");
        Tool.run(work(), "git", "commit", "-q", "--allow-empty", "-m", subject);
        Tool.run(work(), "git", "push", "-q", "-f", "origin", "HEAD:refs/heads/" + branch);
        return Tool.run(work(), "git", "rev-parse", "HEAD");
    }

    /** Puts main back to a commit, here and in the developer's clone. */
    public void reset(String commit) {
        Tool.run(
                work(),
                "sh",
                "-c",
                "git reset -q --hard \"$1\" && git clean -qffdx && git push -q -f origin HEAD:refs/heads/main",
                "sh",
                commit);
    }

    /** Clones it as a host does. */
    public void cloneTo(Path checkout) {
        Tool.run(root, "git", "clone", "-q", path().toString(), checkout.toString());
    }
}
