package io.jenkins.plugins.deployfirst.ci;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMSourceOwner;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/**
 * A job of this Jenkins that builds the same commits, or a folder or a multibranch project with all the jobs in it.
 *
 * <p>It is looked up as the step {@code build} does it: from the folder of the job that watches, and as whoever that job's
 * builds run as, who must be allowed to read it. Builds run as the system unless Jenkins is told otherwise, and the system
 * may read everything: then only an administrator, in the global configuration, can have a job of another folder watched.
 *
 * @param job as it is configured: a full name, or one from {@code folder}
 * @param folder the full name of what the watching job is in; empty for Jenkins itself
 * @param within the full name of the folder that the job must be in; empty for anywhere
 * @param reader who looks
 * @param names the parameters and variables that tell which commit a build is about
 */
public record JenkinsPlace(String job, String folder, String within, Authentication reader, List<String> names)
        implements CiPlace {
    public JenkinsPlace {
        names = List.copyOf(names);
    }

    /**
     * Makes the place.
     *
     * @param watching the job that watches, or a folder of such jobs; null: Jenkins itself
     * @param reader as whom builds run there
     * @param parameter the name that tells the commit; null: {@code SHA} or {@code GIT_COMMIT}
     * @param byAdministrator whether an administrator chose the job
     * @throws DeployFirstException (USAGE) when it is the very job that watches
     */
    public static JenkinsPlace of(
            @CheckForNull Item watching,
            Authentication reader,
            String job,
            @CheckForNull String parameter,
            boolean byAdministrator) {
        ItemGroup<?> folder = folderOf(watching);
        boolean anywhere = byAdministrator || !reader.equals(ACL.SYSTEM2);
        JenkinsPlace place = new JenkinsPlace(
                job,
                folder.getFullName(),
                anywhere ? "" : madeByPeople(folder).getFullName(),
                reader,
                parameter == null ? StatedCommits.NAMES : List.of(parameter));
        if (place.find().filter(found -> found.equals(watching)).isPresent()) {
            throw DeployFirstException.usage(
                    "ci.jenkins.job: \"" + job + "\" is the job that deploys and watches.",
                    "Name the job that runs the tests.");
        }
        return place;
    }

    /** Returns what names are looked up from: a job's folder, or the folder itself. */
    public static ItemGroup<?> folderOf(@CheckForNull Item item) {
        if (item == null) {
            return Jenkins.get();
        }
        return item instanceof ItemGroup<?> group && !(item instanceof Job) ? group : item.getParent();
    }

    /** The jobs of branches are in a project that makes them; the folder around it is where people put things. */
    private static ItemGroup<?> madeByPeople(ItemGroup<?> group) {
        return group instanceof SCMSourceOwner project ? madeByPeople(project.getParent()) : group;
    }

    @Override
    public CiServer open(HttpClient http, Supplier<Optional<String>> token) {
        return new JenkinsBuilds(this);
    }

    /** Returns the job, folder or multibranch project; empty when there is none that the reader may see. */
    Optional<Item> find() {
        try (ACLContext as = ACL.as2(reader)) {
            Jenkins jenkins = Jenkins.get();
            ItemGroup<?> from =
                    folder.isEmpty() ? jenkins : jenkins.getItemByFullName(folder) instanceof ItemGroup<?> g ? g : null;
            return Optional.ofNullable(jenkins.getItem(job, from)).filter(this::isInReach);
        } catch (AccessDeniedException e) {
            // May be discovered and not be read.
            return Optional.empty();
        }
    }

    /** Not every group checks by itself who may read what is in it. */
    private boolean isInReach(Item item) {
        return item.hasPermission(Item.READ)
                && (within.isEmpty() || item.getFullName().startsWith(within + "/"));
    }

    @Override
    public String toString() {
        return "Jenkins " + job;
    }
}
