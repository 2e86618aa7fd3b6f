package io.jenkins.plugins.deployfirst.overview;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.RestartListener;
import hudson.security.Permission;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** What people asked for on the page, the last of it, each in a directory of Jenkins' home. */
@Extension
public final class Operations {
    private static final Logger LOGGER = Logger.getLogger(Operations.class.getName());
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
    private static final Pattern ADDRESS = Pattern.compile(DeploymentsPage.URL + "/operation/([1-9]\\d{0,8})/");
    private static final int KEPT = 200;

    private final NavigableMap<Integer, Operation> byNumber = new ConcurrentSkipListMap<>();
    private int last;

    public static Operations get() {
        return ExtensionList.lookupSingleton(Operations.class);
    }

    /**
     * Begins one in the name of the current user, who must be allowed to.
     *
     * @throws IOException when it cannot be kept; then nothing is done
     */
    Operation start(OperationRequest request) throws IOException {
        Operation operation = add(request);
        try {
            operation.begin();
        } catch (IOException e) {
            byNumber.remove(operation.getNumber());
            throw e;
        }
        prune();
        return operation;
    }

    private synchronized Operation add(OperationRequest request) {
        last++;
        File directory = new File(directory(), Integer.toString(last));
        Operation operation = new Operation(
                last,
                directory,
                OperationState.begun(request, Jenkins.getAuthentication2().getName()));
        byNumber.put(last, operation);
        return operation;
    }

    /** Removes the oldest that have ended, and their logs. */
    private void prune() {
        int excess = byNumber.size() - KEPT;
        for (Operation operation : List.copyOf(byNumber.values())) {
            if (excess > 0 && !operation.isRunning()) {
                byNumber.remove(operation.getNumber());
                excess--;
                try {
                    Util.deleteRecursive(new File(directory(), Integer.toString(operation.getNumber())));
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> "The log of " + operation + " cannot be removed");
                }
            }
        }
    }

    private static File directory() {
        return new File(new File(Jenkins.get().getRootDir(), "deploy-first"), "operations");
    }

    /** Returns the one of that number, if the current user may see it. */
    Optional<Operation> find(String number) {
        return Optional.of(number)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(text -> byNumber.get(Integer.valueOf(text)))
                .filter(Operations::maySee);
    }

    /** Returns the path of the operation that an address means; empty when there is none that the user may see. */
    String addressOf(String url) {
        String root = Util.fixNull(Jenkins.get().getRootUrl());
        if (root.isEmpty() || !url.startsWith(root)) {
            return "";
        }
        Matcher address = ADDRESS.matcher(url.substring(root.length()));
        return address.matches()
                ? find(address.group(1)).map(Operation::getPath).orElse("")
                : "";
    }

    /** Returns those of an environment, newest first. */
    List<Operation> of(EnvironmentKey environment) {
        List<Operation> found = new ArrayList<>();
        for (Operation operation : byNumber.descendingMap().values()) {
            if (operation.request().environment().equals(environment)) {
                found.add(operation);
            }
        }
        return found;
    }

    /** Returns the watches of an environment that wait for CI. */
    List<WatchView> watches(EnvironmentKey environment) {
        return of(environment).stream()
                .filter(Operation::isRunning)
                .filter(operation -> operation.request().kind() == OperationRequest.Kind.WATCH)
                .map(Operations::view)
                .toList();
    }

    private static WatchView view(Operation watch) {
        Duration longest = watch.request()
                .environment()
                .find()
                .map(DefinedEnvironment::ciTimeout)
                .orElse(Duration.ZERO);
        return new WatchView(
                watch.getSha(),
                Instant.ofEpochMilli(watch.startedAt()).plus(longest),
                new Actor(watch.getUser(), maySee(watch) ? watch.getPath() : ""));
    }

    /** Their logs tell more of a host than its environment's page does. */
    private static boolean maySee(Operation operation) {
        return operation
                .request()
                .environment()
                .find()
                .map(Viewer::maySeeDetails)
                .orElseGet(() -> Jenkins.get().hasPermission(Jenkins.SYSTEM_READ));
    }

    /** Returns whether the current user may do what an operation does. */
    static boolean mayChange(Operation operation) {
        return operation
                .request()
                .environment()
                .find()
                .map(environment -> DeployPermissions.has(environment, needed(operation)))
                .orElseGet(() -> Jenkins.get().hasPermission(Jenkins.ADMINISTER));
    }

    static void requireChange(Operation operation) {
        if (!mayChange(operation)) {
            Jenkins.get().checkPermission(needed(operation));
        }
    }

    private static Permission needed(Operation operation) {
        return operation.request().kind() == OperationRequest.Kind.PROMOTE
                ? DeployPermissions.PROMOTE
                : DeployPermissions.ROLLBACK;
    }

    /** Reads those of the Jenkins before this one, and tells of those that it did not bring to their end. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED, fatal = false)
    public static void resume() {
        get().load();
    }

    private synchronized void load() {
        File[] directories = directory().listFiles(File::isDirectory);
        for (File directory : directories == null ? new File[0] : directories) {
            if (NUMBER.matcher(directory.getName()).matches()) {
                load(Integer.parseInt(directory.getName()), directory);
            }
        }
        byNumber.values().stream().filter(Operation::isRunning).forEach(Operations::resume);
    }

    private void load(int number, File directory) {
        last = Math.max(last, number);
        try {
            byNumber.put(number, Operation.read(number, directory));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "An operation cannot be read, and is left out");
        }
    }

    private static void resume(Operation operation) {
        if (operation.request().kind() == OperationRequest.Kind.WATCH) {
            try {
                operation.begin();
                return;
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> operation + " cannot be gone on with");
            }
        }
        operation.tellCutOff();
        operation.request().environment().find().ifPresent(StatusBoard.get()::lookNow);
    }

    /** Ends what this process does, so that it does not go on beside the next one. */
    @Terminator
    public static void detachAll() {
        ExtensionList.lookup(Operations.class)
                .forEach(all -> all.byNumber.values().forEach(Operation::detach));
    }

    /** Has a safe restart wait for what is being done on a host; a watch goes on after it. */
    @Extension
    public static final class Restart extends RestartListener {
        @Override
        public boolean isReadyToRestart() {
            return get().byNumber.values().stream()
                    .filter(Operation::isRunning)
                    .allMatch(operation -> operation.request().kind() == OperationRequest.Kind.WATCH);
        }
    }
}
