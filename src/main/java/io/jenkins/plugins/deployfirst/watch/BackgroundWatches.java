package io.jenkins.plugins.deployfirst.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.Computer;
import hudson.model.Items;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The watches that outlive their builds. A lost watch is a lost rollback: each is in a file of Jenkins' home before it
 * begins, until what it came to is kept with its build.
 */
@Extension
public final class BackgroundWatches {
    private static final Logger LOGGER = Logger.getLogger(BackgroundWatches.class.getName());

    private final CopyOnWriteArrayList<BackgroundWatch> watches = new CopyOnWriteArrayList<>();

    public static BackgroundWatches get() {
        return ExtensionList.lookupSingleton(BackgroundWatches.class);
    }

    /**
     * Watches the CI of what a build has deployed, on after the build's end. What the build has watched already, and is
     * not over, is not watched twice.
     *
     * @return its page and its log
     * @throws AbortException in one line with the remedy, when there is nothing to watch: no such environment, no CI server
     * @throws IOException when it cannot be kept on disk; it does not begin then
     */
    public WatchAction start(Run<?, ?> run, WatchOrder order) throws IOException {
        CiWatches.requireCi(order.resolve(run));
        Optional<WatchAction> known = underWay(run, order);
        if (known.isPresent()) {
            return known.get();
        }
        WatchAction action = WatchAction.next(run, order);
        WatchState state = new WatchState(run, action.getUrlName(), order, System.currentTimeMillis());
        BackgroundWatch watch = new BackgroundWatch(run, state, this::forget);
        watches.add(watch);
        try {
            save();
        } catch (IOException e) {
            watches.remove(watch);
            throw e;
        }
        run.addAction(action);
        run.save();
        watch.begin();
        return action;
    }

    private static Optional<WatchAction> underWay(Run<?, ?> run, WatchOrder order) {
        return run.getActions(WatchAction.class).stream()
                .filter(action -> action.getEnvironment().equals(order.environment()))
                .filter(action -> action.getSha().equals(order.sha()))
                .filter(WatchAction::isRunning)
                .findFirst();
    }

    /** Returns whether a watch is not over yet. */
    boolean isRunning(Run<?, ?> run, String id) {
        return watches.stream()
                .anyMatch(watch -> watch.isOf(run) && watch.state().id().equals(id));
    }

    /** Returns those of a sort that are not over yet. */
    List<BackgroundWatch> running(Predicate<BackgroundWatch> sort) {
        return watches.stream().filter(sort).toList();
    }

    private void forget(BackgroundWatch watch) {
        watches.remove(watch);
        try {
            save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> watch + " is over, but comes again after the next restart");
        }
    }

    /** Keeps what is not over, under the names that the builds have now. */
    synchronized void save() throws IOException {
        file().write(new ArrayList<>(
                watches.stream().map(BackgroundWatch::state).toList()));
    }

    private static XmlFile file() {
        return new XmlFile(
                Items.XSTREAM2, new File(Jenkins.get().getRootDir(), BackgroundWatches.class.getName() + ".xml"));
    }

    /** Goes on with the watches of the Jenkins before this one, as soon as jobs and environments are known. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED, fatal = false)
    public static void resume() throws IOException {
        if (!file().exists()) {
            return;
        }
        BackgroundWatches all = get();
        kept().stream()
                .filter(WatchState.class::isInstance)
                .map(state -> all.again((WatchState) state))
                .filter(Objects::nonNull)
                .forEach(all.watches::add);
        // Not here: looking credentials up may take a while, and Jenkins is starting.
        all.watches.forEach(watch -> Computer.threadPoolForRemoting.execute(watch::begin));
        all.save();
    }

    /** Reads the file; one that cannot be read is put aside, so that whoever looks into it still finds it. */
    private static List<?> kept() throws IOException {
        Path file = file().getFile().toPath();
        try {
            if (file().read() instanceof List<?> states) {
                return states;
            }
            throw new IOException(file + " holds no list");
        } catch (IOException e) {
            Path aside = Path.of(file + ".damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOGGER.log(
                    Level.SEVERE,
                    e,
                    () -> "The watches of CI in the background are lost: their file could not be read, and is kept as "
                            + aside
                            + ". The environments are left as they are: look at the last builds that deployed.");
            return List.of();
        }
    }

    @CheckForNull
    private BackgroundWatch again(WatchState state) {
        Run<?, ?> run = state.run();
        if (run == null) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "The watch of " + state.sha() + " on " + state.environment() + " ended, because its build "
                            + state.build() + " exists no more. " + state.environment() + " is left as it is.");
            return null;
        }
        WatchAction.require(run, state);
        return new BackgroundWatch(run, state, this::forget);
    }

    /** Ends what this process does, so that it does not go on beside the next one. */
    @Terminator
    public static void detachAll() {
        ExtensionList.lookup(BackgroundWatches.class).forEach(all -> all.watches.forEach(BackgroundWatch::detach));
    }
}
