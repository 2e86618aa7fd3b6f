package io.jenkins.plugins.deployfirst.ci;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Job;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * Knows the checks that a job of this Jenkins itself reports for a commit: a watch that counted them would wait for the
 * build that it is part of.
 *
 * <p>Whatever they are called, they link to the job's builds: so do the statuses of the branch source plugins for GitHub,
 * GitLab and Gitea, and the check runs of {@code publishChecks} and {@code withChecks}. Only where a check or Jenkins has
 * no address, the names that these plugins give by default are the job's own.
 *
 * @param address of the job, with a slash at its end; empty when Jenkins has none
 * @param job its full name
 * @see <a href="https://plugins.jenkins.io/github-branch-source/">the contexts of GitHub Branch Source</a>
 * @see <a href="https://plugins.jenkins.io/github-checks/">the check of GitHub Checks</a>
 */
public record OwnChecks(String address, String job) implements Predicate<Check> {
    private static final Pattern BY_DEFAULT = Pattern.compile("continuous-integration/jenkins/.*|Jenkins");

    /** Returns those of a job. */
    public static OwnChecks of(Job<?, ?> job) {
        return new OwnChecks(address(Jenkins.get().getRootUrl(), job), job.getFullName());
    }

    private static String address(@CheckForNull String root, Job<?, ?> job) {
        return root == null ? "" : Util.ensureEndsWith(root, "/") + job.getUrl();
    }

    /** Returns whether the job reports this check. */
    @Override
    public boolean test(Check check) {
        if (address.isEmpty() || check.origin().isEmpty()) {
            return BY_DEFAULT.matcher(check.name()).matches() || check.name().equals(job);
        }
        return check.origin().startsWith(address);
    }
}
