package io.jenkins.plugins.deployfirst.action;

/** Says in a few words what a step did to an environment. */
final class Headline {
    private final DeploymentRecord record;
    private final String where;
    private final String what;

    private Headline(DeploymentRecord record) {
        this.record = record;
        this.where = record.getTarget();
        this.what = Sha.abbreviated(record.getSha());
    }

    static String of(DeploymentRecord record) {
        return new Headline(record).text();
    }

    private String text() {
        return switch (record.getOutcome()) {
            case DeploymentRecord.RUNNING -> running();
            case DeploymentRecord.ABORTED -> Messages.DeploymentRecord_Aborted(doing());
            case DeploymentRecord.CUT_OFF -> Messages.DeploymentRecord_CutOff(doing());
            case "DONE" -> done();
            case "ROLLED_BACK" -> rolledBack();
            case "NO_VERDICT" -> Messages.DeploymentRecord_NoVerdict(where, what, record.getVerdict());
            case "PERSON_NEEDED" -> where.isEmpty() ? failed() : Messages.DeploymentRecord_PersonNeeded(where);
            case "LOCKED" -> Messages.DeploymentRecord_Locked(where);
            default -> failed();
        };
    }

    private String running() {
        return Messages.DeploymentRecord_Running(doing());
    }

    /** What the step is for, without a word of how it goes. */
    private String doing() {
        return switch (record.kind()) {
            case DEPLOY ->
                what.isEmpty()
                        ? Messages.DeploymentRecord_Deployment(where)
                        : Messages.DeploymentRecord_DeploymentOf(where, what);
            case WATCH -> Messages.DeploymentRecord_Watch(where, what);
            case ROLLBACK -> Messages.DeploymentRecord_Rollback(where);
            case HEALTH -> Messages.DeploymentRecord_Health(where);
            case IMAGES -> Messages.DeploymentRecord_Images();
            case MIGRATIONS -> Messages.DeploymentRecord_Migrations();
            case HOOK -> Messages.DeploymentRecord_Hook();
        };
    }

    private String done() {
        return switch (record.kind()) {
            case DEPLOY ->
                record.getFrom().isEmpty()
                        ? Messages.DeploymentRecord_Deployed(where, what)
                        : Messages.DeploymentRecord_Promoted(where, what, record.getFrom());
            case WATCH ->
                record.isSuperseded()
                        ? Messages.DeploymentRecord_Superseded(where, what)
                        : Messages.DeploymentRecord_Validated(where, what);
            case ROLLBACK -> Messages.DeploymentRecord_TakenBack(where, what);
            case HEALTH -> Messages.DeploymentRecord_Healthy(where);
            case IMAGES -> Messages.DeploymentRecord_ImagesBuilt();
            case MIGRATIONS -> Messages.DeploymentRecord_MigrationsWork();
            case HOOK -> Messages.DeploymentRecord_HookCalled();
        };
    }

    private String rolledBack() {
        String back = Sha.abbreviated(record.getRolledBackTo());
        return record.kind() == DeploymentRecord.Kind.WATCH
                ? Messages.DeploymentRecord_CiFailed(where, what, back)
                : Messages.DeploymentRecord_Unhealthy(where, what, back);
    }

    private String failed() {
        return switch (record.kind()) {
            case DEPLOY ->
                what.isEmpty()
                        ? Messages.DeploymentRecord_NothingDeployed(where)
                        : Messages.DeploymentRecord_NotDeployed(where, what);
            case WATCH -> Messages.DeploymentRecord_NotSettled(where);
            case ROLLBACK -> Messages.DeploymentRecord_NotTakenBack(where);
            case HEALTH -> Messages.DeploymentRecord_NotHealthy(where);
            case IMAGES -> Messages.DeploymentRecord_ImagesNotBuilt();
            case MIGRATIONS -> Messages.DeploymentRecord_MigrationsFail();
            case HOOK -> Messages.DeploymentRecord_HookNotCalled();
        };
    }
}
