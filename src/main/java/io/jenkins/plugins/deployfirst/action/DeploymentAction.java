package io.jenkins.plugins.deployfirst.action;

import hudson.model.Run;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The deployments of a build: kept in {@code build.xml}, in the REST API, and shown on the build's page. */
@ExportedBean(defaultVisibility = 2)
public final class DeploymentAction implements RunAction2 {
    private CopyOnWriteArrayList<DeploymentRecord> records = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;

    /**
     * Adds a record to a build and saves the build. Steps of one build may do so at the same time.
     *
     * @throws IOException when the build cannot be saved
     */
    public static void add(Run<?, ?> run, DeploymentRecord record) throws IOException {
        synchronized (run) {
            DeploymentAction action = run.getAction(DeploymentAction.class);
            if (action == null) {
                action = new DeploymentAction();
                run.addAction(action);
            }
            action.records.add(record);
        }
        run.save();
    }

    /** Puts in order what another version of the plugin wrote, or left out. */
    private Object readResolve() {
        CopyOnWriteArrayList<DeploymentRecord> read = new CopyOnWriteArrayList<>();
        if (records != null) {
            records.stream().filter(Objects::nonNull).forEach(read::add);
        }
        records = read;
        return this;
    }

    /** Returns the records in the order in which the steps ended. */
    @Exported
    public List<DeploymentRecord> getRecords() {
        return List.copyOf(records);
    }

    public Run<?, ?> getRun() {
        return run;
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
        return "symbol-paper-plane-outline";
    }

    @Override
    public String getDisplayName() {
        return Messages.DeploymentAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "deploy-first";
    }
}
