package io.jenkins.plugins.deployfirst.overview;

import hudson.model.Job;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import io.jenkins.plugins.deployfirst.watch.CiWatches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What the current user sees in one request; what is asked for several environments is looked up once. */
final class Viewer {
    private static final Comparator<DefinedEnvironment> BY_NAME = Comparator.comparing(
                    DefinedEnvironment::folderName, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(DefinedEnvironment::name, String.CASE_INSENSITIVE_ORDER);

    private final Collection<CiWatches.OfBuild> watches = CiWatches.ofBuilds();
    private final Map<List<String>, Boolean> jobsAllowed = new HashMap<>();
    private List<String> readableJobs;
    private List<DefinedEnvironment> visible;
    private List<DefinedEnvironment> targets;

    /** Returns all environments that the user may see, the global ones first. */
    List<DefinedEnvironment> environments() {
        if (visible == null) {
            visible = DefinedEnvironment.all().stream()
                    .filter(this::maySee)
                    .sorted(BY_NAME)
                    .toList();
        }
        return visible;
    }

    /** Returns the environments that the user may carry a release of this one on to. */
    List<DefinedEnvironment> promotionTargets(DefinedEnvironment source) {
        if (targets == null) {
            targets = environments().stream()
                    .filter(environment -> !environment.isOnAgents())
                    .filter(environment -> DeployPermissions.has(environment, DeployPermissions.PROMOTE))
                    .toList();
        }
        EnvironmentKey itself = EnvironmentKey.of(source);
        return targets.size() > 1
                        || targets.size() == 1
                                && !EnvironmentKey.of(targets.get(0)).equals(itself)
                ? targets.stream()
                        .filter(target -> !EnvironmentKey.of(target).equals(itself))
                        .toList()
                : List.of();
    }

    /** Returns the environment, if the user may see it. */
    Optional<DefinedEnvironment> find(EnvironmentKey key) {
        return key.find().filter(this::maySee);
    }

    /**
     * An environment that is restricted to certain jobs is shown to those who see one of these, and to those who were
     * given a permission for environments.
     */
    boolean maySee(DefinedEnvironment environment) {
        return DeployPermissions.mayView(environment.folder())
                && (!environment.isRestricted()
                        || DeployPermissions.has(environment, DeployPermissions.VIEW)
                        || mayAct(environment)
                        || isForReadableJob(environment));
    }

    private boolean isForReadableJob(DefinedEnvironment environment) {
        return jobsAllowed.computeIfAbsent(
                environment.definition().getJobs(), patterns -> environment.isFor(readableJobs()));
    }

    private List<String> readableJobs() {
        if (readableJobs == null) {
            List<String> names = new ArrayList<>();
            Jenkins.get().allItems(Job.class).forEach(job -> names.add(job.getFullName()));
            readableJobs = names;
        }
        return readableJobs;
    }

    /** Returns whether the user may change what an environment runs. */
    private static boolean mayAct(DefinedEnvironment environment) {
        return DeployPermissions.has(environment, DeployPermissions.ROLLBACK)
                || DeployPermissions.has(environment, DeployPermissions.PROMOTE);
    }

    /** Returns whether the user may read the logs of operations, and where an environment's host is. */
    static boolean maySeeDetails(DefinedEnvironment environment) {
        return mayAct(environment) || Jenkins.get().hasPermission(Jenkins.SYSTEM_READ);
    }

    /** Returns the watches of an environment that wait for CI, those of builds first. */
    List<WatchView> watches(DefinedEnvironment environment) {
        List<WatchView> views = new ArrayList<>();
        for (CiWatches.OfBuild watch : watches) {
            if (watch.environment().equals(environment.name())
                    && watch.directory().equals(environment.definition().getDirectory())) {
                views.add(new WatchView(watch.sha(), watch.until(), WatchView.watcher(watch.run())));
            }
        }
        Operations.get().watches(EnvironmentKey.of(environment)).forEach(views::add);
        return views;
    }
}
