package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.XmlFile;
import hudson.console.AnnotatedLargeText;
import hudson.model.Api;
import hudson.model.Computer;
import hudson.model.Items;
import hudson.model.ModelObject;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.deployfirst.action.Records;
import io.jenkins.plugins.deployfirst.agent.Caller;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.apache.commons.jelly.XMLOutput;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/**
 * Something that a person asked for on the page: a rollback, a promotion, or a watch of CI.
 *
 * <p>Its life: {@link Operations} gives it a number and a directory, and {@link #begin} has it done on a thread of the pool,
 * whether the page is closed or not. Its file says how it ended. When Jenkins goes down before that ({@link #detach}), the
 * next one says so ({@link #tellCutOff}), or goes on with a watch, which may be begun again without harm.
 */
@ExportedBean(defaultVisibility = 2)
public final class Operation implements ModelObject {
    private static final Logger LOGGER = Logger.getLogger(Operation.class.getName());

    private final int number;
    private final File directory;

    // Guarded by this.
    private OperationState state;
    private Thread thread;
    private String stoppedBy;
    private boolean detached;

    Operation(int number, File directory, OperationState state) {
        this.number = number;
        this.directory = directory;
        this.state = state;
    }

    /** Reads one that was begun earlier. */
    static Operation read(int number, File directory) throws IOException {
        if (file(directory).read() instanceof OperationState state && state.request() != null) {
            return new Operation(number, directory, state);
        }
        throw new IOException(directory + " holds no operation");
    }

    private static XmlFile file(File directory) {
        return new XmlFile(Items.XSTREAM2, new File(directory, "operation.xml"));
    }

    /** Keeps it, then has it done. */
    synchronized void begin() throws IOException {
        save();
        Computer.threadPoolForRemoting.execute(this::run);
    }

    private void run() {
        if (!enter()) {
            return;
        }
        try {
            work();
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        thread = Thread.currentThread();
        if (stoppedBy != null) {
            thread.interrupt();
        }
        return !detached;
    }

    /** From now on the thread is not interrupted any more: it belongs to others. */
    private synchronized void leave() {
        thread = null;
        Thread.interrupted();
    }

    private void work() {
        try (StreamTaskListener listener = openLog()) {
            FlowOutcome outcome =
                    new OperationWork(request(), caller(), Instant.ofEpochMilli(startedAt()), listener).run();
            listener.getLogger().println(outcome.error().isEmpty() ? "Done." : Records.sentence(outcome));
            end(state().ended(outcome));
        } catch (InterruptedException e) {
            tellStopped();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> this + " failed");
            fail(Outcome.FAILED_UNCHANGED.name(), String.valueOf(e.getMessage()));
        }
    }

    private void tellStopped() {
        String by;
        synchronized (this) {
            if (detached) {
                return;
            }
            by = Util.fixNull(stoppedBy);
        }
        fail(OperationState.STOPPED, Messages.Operation_stopped(by));
    }

    /** Tells that the Jenkins before this one went down while it was done. */
    void tellCutOff() {
        fail(OperationState.CUT_OFF, Messages.Operation_cutOff());
    }

    private void fail(String outcome, String error) {
        try (StreamTaskListener listener = openLog()) {
            listener.getLogger().println("ERROR: " + error);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The log of " + this + " cannot be written");
        }
        end(state().ended(outcome, error));
    }

    private synchronized void end(OperationState ended) {
        if (detached) {
            return;
        }
        state = ended;
        try {
            save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The end of " + this + " could not be kept");
        }
    }

    private synchronized void save() throws IOException {
        file(directory).write(state);
    }

    /** Ends what this process does of it: Jenkins goes down, and the next one tells of it. */
    synchronized void detach() {
        detached = true;
        interrupt();
    }

    private synchronized void stop(String by) {
        stoppedBy = by;
        interrupt();
    }

    private synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized OperationState state() {
        return state;
    }

    OperationRequest request() {
        return state().request();
    }

    long startedAt() {
        return state().startedAt();
    }

    private Caller caller() {
        String root = Jenkins.get().getRootUrl();
        return new Caller("Jenkins, " + getUser(), root == null ? "" : root + getPath());
    }

    private StreamTaskListener openLog() throws IOException {
        return new StreamTaskListener(logFile(), true, StandardCharsets.UTF_8);
    }

    private File logFile() {
        return new File(directory, "log");
    }

    @Exported
    public int getNumber() {
        return number;
    }

    @Exported
    public String getKind() {
        return request().kind().name();
    }

    /** Returns the key of the environment that it changes. */
    @Exported
    public String getEnvironment() {
        return request().environment().toString();
    }

    /** Returns the commit that was asked for; empty when none was. */
    @Exported
    public String getSha() {
        return request().sha();
    }

    @Exported
    public String getUser() {
        return state().user();
    }

    /** Returns when it began, in ISO 8601. */
    @Exported
    public String getStartedAt() {
        return getStarted().getIso();
    }

    public Moment getStarted() {
        return new Moment(startedAt());
    }

    /** Returns when it ended, in ISO 8601; empty while it goes on. */
    @Exported
    public String getEndedAt() {
        return new Moment(state().endedAt()).getIso();
    }

    @Exported
    public boolean isRunning() {
        return state().endedAt() == 0;
    }

    /** Returns how it ended; empty while it goes on. */
    @Exported
    public String getOutcome() {
        return state().outcome();
    }

    @Exported
    public String getError() {
        return state().error();
    }

    /** Returns its page below Jenkins' own address. */
    public String getPath() {
        return DeploymentsPage.URL + "/operation/" + number + "/";
    }

    /** Returns what it is, in a few words. */
    @Override
    public String getDisplayName() {
        String sha = getSha().isEmpty() ? "" : new CommitSha(getSha()).abbreviated();
        return switch (request().kind()) {
            case ROLLBACK ->
                sha.isEmpty()
                        ? Messages.Operation_rollback(request().environment().name())
                        : Messages.Operation_rollbackTo(request().environment().name(), sha);
            case PROMOTE ->
                Messages.Operation_promote(
                        request().from().name(), request().environment().name());
            case WATCH -> Messages.Operation_watch(request().environment().name(), sha);
        };
    }

    /** Returns how it stands, in a few words. */
    public String getResultText() {
        if (isRunning()) {
            return Messages.Operation_running();
        }
        return switch (getOutcome()) {
            case "DONE" -> Messages.Operation_done();
            case "ROLLED_BACK" -> Messages.Operation_rolledBack();
            case "NO_VERDICT" -> Messages.Operation_noVerdict();
            case OperationState.STOPPED, OperationState.CUT_OFF -> getError();
            default -> Messages.Operation_failed();
        };
    }

    /** Returns the symbol that stands for that, beside the words. */
    public String getSymbol() {
        if (isRunning()) {
            return "symbol-status-blue-anime";
        }
        return switch (getOutcome()) {
            case "DONE" -> "symbol-status-blue";
            case "NO_VERDICT" -> "symbol-status-yellow";
            case OperationState.STOPPED -> "symbol-status-aborted";
            default -> "symbol-status-red";
        };
    }

    /** Returns the log, of which the page shows more as it grows. */
    public AnnotatedLargeText<Operation> getLogText() {
        try {
            Files.write(logFile().toPath(), new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AnnotatedLargeText<>(logFile(), StandardCharsets.UTF_8, !isRunning(), this);
    }

    /** Writes the log to a page. */
    public void writeLogTo(XMLOutput out) throws IOException {
        getLogText().writeHtmlTo(0, out.asWriter());
    }

    /** Returns the page of its environment below Jenkins' own address. */
    public String getEnvironmentPath() {
        return DeploymentsPage.URL + "/environment/" + getEnvironment() + "/";
    }

    /** Returns whether the current user may stop it. */
    public boolean isStoppable() {
        return isRunning() && Operations.mayChange(this);
    }

    /** Ends it; what is done on the host at this moment ends too, and the journal there tells how far it came. */
    @POST
    public HttpResponse doStop() {
        Operations.requireChange(this);
        stop(Jenkins.getAuthentication2().getName());
        return Answer.about(this);
    }

    @CheckForNull
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String toString() {
        return "Operation " + number + " (" + getKind() + " of " + getEnvironment() + ")";
    }
}
