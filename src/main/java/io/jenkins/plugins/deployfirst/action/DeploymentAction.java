package io.jenkins.plugins.deployfirst.action;

import hudson.model.Api;
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
    private static final long LOOKS_MILLIS = 1000;
    private static final long LOOKS_AT_CI_MILLIS = 3000;

    private CopyOnWriteArrayList<DeploymentRecord> records = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;

    /**
     * Adds a record to a build and saves the build.
     *
     * @throws IOException when the build cannot be saved
     */
    public static void add(Run<?, ?> run, DeploymentRecord record) throws IOException {
        put(run, record);
        run.save();
    }

    /** Puts a record into its place, or behind the others; steps of one build may do so at the same time. */
    static void put(Run<?, ?> run, DeploymentRecord record) {
        synchronized (run) {
            DeploymentAction action = run.getAction(DeploymentAction.class);
            if (action == null) {
                action = new DeploymentAction();
                action.records.add(record);
                run.addAction(action);
                return;
            }
            int place = action.placeOf(record.getId());
            if (place < 0) {
                action.records.add(record);
            } else {
                action.records.set(place, record);
            }
        }
    }

    private int placeOf(String id) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).getId().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the records of a build; none when nothing is kept with it. */
    public static List<DeploymentRecord> recordsOf(Run<?, ?> run) {
        DeploymentAction action = run.getAction(DeploymentAction.class);
        return action == null ? List.of() : action.getRecords();
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

    /** Returns the records in the order in which the steps began, with what is known at this moment. */
    @Exported
    public List<DeploymentRecord> getRecords() {
        return records.stream().map(this::now).toList();
    }

    private DeploymentRecord now(DeploymentRecord record) {
        if (!record.isBegunOnly()) {
            return record;
        }
        LiveRecord live = LiveRecord.of(record.getId());
        return live == null ? record.followed(isGoneOnWith(record)) : live.snapshot();
    }

    /** After a restart of Jenkins it takes a moment until a watch is taken up again; it will be while its build goes on. */
    private boolean isGoneOnWith(DeploymentRecord record) {
        return record.kind() == DeploymentRecord.Kind.WATCH && run != null && run.isBuilding();
    }

    /** Returns the records as pages show them. */
    public List<RecordView> getViews() {
        LogLinks links = new LogLinks(run);
        return getRecords().stream()
                .map(record -> new RecordView(record, links))
                .toList();
    }

    /** Returns when the page should look again, in milliseconds; zero when there will be nothing new. */
    public long getNextLookMillis() {
        return getRecords().stream()
                .filter(DeploymentRecord::isRunning)
                .mapToLong(record -> record.isWaitingForCi() ? LOOKS_AT_CI_MILLIS : LOOKS_MILLIS)
                .min()
                .orElse(mayDoMore() ? LOOKS_AT_CI_MILLIS : 0);
    }

    /** Between a deployment and the watch of its CI nothing is under way for a moment. */
    private boolean mayDoMore() {
        return run != null && run.isBuilding();
    }

    /** Returns one line for those who hear the page: what happens now, or happened last. */
    public String getStatus() {
        List<RecordView> views = getViews();
        return views.stream()
                .filter(view -> view.getRecord().isRunning())
                .map(RecordView::status)
                .findFirst()
                .orElseGet(
                        () -> views.isEmpty() ? "" : views.get(views.size() - 1).status());
    }

    /** Returns the REST API. */
    public Api getApi() {
        return new Api(this);
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
