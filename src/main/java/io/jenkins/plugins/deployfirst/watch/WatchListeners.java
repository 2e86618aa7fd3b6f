package io.jenkins.plugins.deployfirst.watch;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.deployfirst.ci.BuildCommits;
import io.jenkins.plugins.deployfirst.ci.JenkinsPlace;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What happens in Jenkins that concerns the watches in the background. */
final class WatchListeners {
    private static final Logger LOGGER = Logger.getLogger(WatchListeners.class.getName());

    private WatchListeners() {}

    private static void drop(Predicate<BackgroundWatch> sort) {
        BackgroundWatches.get().running(sort).forEach(BackgroundWatch::drop);
    }

    /** Ends the watches of a build that is deleted, and wakes those to which a build that has ended is CI. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            BuildCommits.possible(run)
                    .forEach(sha -> CiWatches.wake(new CommitSha(sha), JenkinsPlace.class::isInstance));
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            drop(watch -> watch.isOf(run));
        }
    }

    /** Ends the watches of a job that is deleted, and follows one that is renamed or moved. */
    @Extension
    public static final class Jobs extends ItemListener {
        @Override
        public void onDeleted(Item item) {
            drop(watch -> watch.isOf(item));
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            BackgroundWatches watches = BackgroundWatches.get();
            if (watches.running(watch -> watch.isOf(item)).isEmpty()) {
                return;
            }
            try {
                watches.save();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The watches of " + newFullName + " end with the next restart");
            }
        }
    }

    /** Ends the watches of an environment that is removed. */
    @Extension
    public static final class Environments extends SaveableListener {
        @Override
        public void onChange(@NonNull Saveable changed, @NonNull XmlFile file) {
            if (changed instanceof DeployFirstConfiguration configuration) {
                Set<String> names = configuration.getEnvironments().stream()
                        .map(EnvironmentDefinition::getName)
                        .collect(Collectors.toSet());
                BackgroundWatches.get()
                        .running(watch -> !names.contains(watch.state().environment()))
                        .forEach(watch ->
                                watch.giveUp("environment " + watch.state().environment() + " was removed."));
            }
        }
    }
}
