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
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What happens in Jenkins that concerns the watches in the background. */
final class WatchListeners {
    private static final Logger LOGGER = Logger.getLogger(WatchListeners.class.getName());

    private WatchListeners() {}

    private static void drop(String what, Predicate<BackgroundWatch> sort) {
        BackgroundWatches.get().running(sort).forEach(watch -> watch.drop(what));
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
            drop("its build", watch -> watch.isOf(run));
        }
    }

    /** Ends the watches of a job that is deleted, and follows one that is renamed or moved. */
    @Extension
    public static final class Jobs extends ItemListener {
        @Override
        public void onDeleted(Item item) {
            drop("its job", watch -> watch.isOf(item));
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            BackgroundWatches watches = BackgroundWatches.get();
            List<BackgroundWatch> moved = watches.running(watch -> watch.isOf(item));
            if (moved.isEmpty()) {
                return;
            }
            try {
                watches.save();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The watches of " + newFullName + " end with the next restart");
            }
            moved.forEach(BackgroundWatch::endWithoutEnvironment);
        }
    }

    /** Ends the watches of an environment that is removed from the global configuration or from a folder's. */
    @Extension
    public static final class Environments extends SaveableListener {
        @Override
        public void onChange(@NonNull Saveable changed, @NonNull XmlFile file) {
            if (DeployFirstConfiguration.isConcernedBy(changed)) {
                BackgroundWatches.get().running(watch -> true).forEach(BackgroundWatch::endWithoutEnvironment);
            }
        }
    }
}
