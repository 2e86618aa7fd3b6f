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
            case "DONE" -> done();
            case "ROLLED_BACK" -> rolledBack();
            case "NO_VERDICT" -> Messages.DeploymentRecord_NoVerdict(where, what, record.getVerdict());
            case "PERSON_NEEDED" -> Messages.DeploymentRecord_PersonNeeded(where);
            case "LOCKED" -> Messages.DeploymentRecord_Locked(where);
            default -> failed();
        };
    }

    private String done() {
        return switch (record.kind()) {
            case DEPLOY -> Messages.DeploymentRecord_Deployed(where, what);
            case WATCH ->
                record.isSuperseded()
                        ? Messages.DeploymentRecord_Superseded(where, what)
                        : Messages.DeploymentRecord_Validated(where, what);
            case ROLLBACK -> Messages.DeploymentRecord_TakenBack(where, what);
            case HEALTH -> Messages.DeploymentRecord_Healthy(where);
        };
    }

    private String rolledBack() {
        String back = Sha.abbreviated(record.getRolledBackTo());
        return switch (record.kind()) {
            case WATCH -> Messages.DeploymentRecord_CiFailed(where, what, back);
            default -> Messages.DeploymentRecord_Unhealthy(where, what, back);
        };
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
        };
    }
}
