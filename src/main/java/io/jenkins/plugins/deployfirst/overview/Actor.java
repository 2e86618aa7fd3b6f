package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Job;
import java.io.File;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/**
 * Who did something, or does it now, as far as the current user may know: the names of jobs that he may not read are left
 * out.
 *
 * @param text for people
 * @param url below Jenkins' own address, of the build or the operation; empty when there is none (any more)
 */
record Actor(String text, String url) {
    /** What {@link io.jenkins.plugins.deployfirst.agent.Caller} writes, perhaps with more behind it. */
    private static final Pattern BUILD = Pattern.compile(
            "Jenkins, (?<job>.+?) #(?<number>\\d{1,9})(?:, started by (?<user>.+?))?(?: \\(.*)?(?: since .*)?");

    /**
     * Reads what the journal or the note of the lock says.
     *
     * @param by such as {@code Jenkins, team/app #12, started by alice}
     * @param build the address of the build or the operation; may be empty, and that of another Jenkins
     */
    static Actor of(String by, String build) {
        Matcher named = BUILD.matcher(by);
        if (named.matches()) {
            return ofBuild(by, named);
        }
        return new Actor(by, Operations.get().addressOf(build));
    }

    private static Actor ofBuild(String by, Matcher named) {
        Job<?, ?> job = readable(named.group("job"));
        if (job == null) {
            return new Actor(Jenkins.get().hasPermission(Jenkins.SYSTEM_READ) ? by : Messages.Actor_hidden(), "");
        }
        String number = named.group("number");
        String name = job.getFullDisplayName() + " #" + number;
        String user = Util.fixNull(named.group("user"));
        boolean exists = new File(job.getBuildDir(), number).isDirectory();
        return new Actor(
                user.isEmpty() ? name : Messages.Actor_startedBy(name, user),
                exists ? job.getUrl() + number + "/" : "");
    }

    @CheckForNull
    private static Job<?, ?> readable(String name) {
        try {
            return Jenkins.get().getItemByFullName(name, Job.class);
        } catch (AccessDeniedException e) {
            return null;
        }
    }

    boolean isLink() {
        return !url.isEmpty();
    }
}
