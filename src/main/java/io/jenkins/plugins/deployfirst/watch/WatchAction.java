package io.jenkins.plugins.deployfirst.watch;

import hudson.Util;
import hudson.console.AnnotatedLargeText;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import jenkins.model.RunAction2;
import org.apache.commons.jelly.XMLOutput;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A watch in the background on the pages of its build: whether it is running, and its log. */
@ExportedBean(defaultVisibility = 2)
public final class WatchAction implements RunAction2 {
    private final String id;
    private final String environment;
    private final String sha;
    private transient Run<?, ?> run;

    private WatchAction(Run<?, ?> run, String id, String environment, String sha) {
        this.run = run;
        this.id = id;
        this.environment = environment;
        this.sha = sha;
    }

    /** Makes the action for the next watch of a build. */
    static WatchAction next(Run<?, ?> run, WatchOrder order) {
        int number = run.getActions(WatchAction.class).size() + 1;
        return new WatchAction(run, "deploy-first-watch-" + number, order.environment(), order.sha());
    }

    /** Gives a build the action of a watch that was kept, where Jenkins was killed before the build was saved with it. */
    static void require(Run<?, ?> run, WatchState state) {
        if (run.getActions(WatchAction.class).stream().noneMatch(action -> action.id.equals(state.id()))) {
            run.addAction(new WatchAction(run, state.id(), state.environment(), state.sha()));
        }
    }

    /** Says in the build's log where to follow it. */
    public void announce(TaskListener listener) {
        listener.getLogger()
                .println("CI is watched in the background. The log is on the page of this build: "
                        + HyperlinkNote.encodeTo("/" + getPath(), getDisplayName()));
    }

    /** Returns the path of its page, below Jenkins' own address. */
    public String getPath() {
        return run.getUrl() + id + "/";
    }

    static File logFile(Run<?, ?> run, String id) {
        return new File(run.getRootDir(), id + ".log");
    }

    @Exported
    public String getEnvironment() {
        return Util.fixNull(environment);
    }

    @Exported
    public String getSha() {
        return Util.fixNull(sha);
    }

    public String getShortSha() {
        String full = getSha();
        return full.substring(0, Math.min(7, full.length()));
    }

    @Exported
    public boolean isRunning() {
        return BackgroundWatches.get().isRunning(run, id);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** Returns the log, of which the page shows more as it grows. */
    public AnnotatedLargeText<WatchAction> getLogText() {
        File file = logFile(run, id);
        try {
            Files.write(file.toPath(), new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AnnotatedLargeText<>(file, StandardCharsets.UTF_8, !isRunning(), this);
    }

    /** Writes the log to a page. */
    public void writeLogTo(XMLOutput out) throws IOException {
        getLogText().writeHtmlTo(0, out.asWriter());
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        this.run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        this.run = loaded;
    }

    @Override
    public String getIconFileName() {
        return "symbol-hourglass";
    }

    @Override
    public String getDisplayName() {
        return Messages.WatchAction_displayName(getEnvironment());
    }

    @Override
    public String getUrlName() {
        return id;
    }
}
