package io.jenkins.plugins.deployfirst.action;

import java.util.List;
import java.util.Set;

/** Tells in the phases of a step those in which it took the environment back. */
final class WayBack {
    private static final Set<String> OUTCOMES = Set.of("ROLLED_BACK", "PERSON_NEEDED", DeploymentRecord.RUNNING);

    private WayBack() {}

    /** Returns the number of the first one; negative when there is none. */
    static int firstPhase(DeploymentRecord record, List<PhaseRecord> phases) {
        if (!OUTCOMES.contains(record.getOutcome())) {
            return -1;
        }
        return switch (record.kind()) {
            case WATCH -> record.getOutcome().equals("ROLLED_BACK") ? firstOf(phases) : -1;
            case DEPLOY -> afterTheFailure(phases);
            default -> -1;
        };
    }

    private static int firstOf(List<PhaseRecord> phases) {
        return phases.isEmpty() ? -1 : 0;
    }

    private static int afterTheFailure(List<PhaseRecord> phases) {
        for (int i = 0; i + 1 < phases.size(); i++) {
            if (phases.get(i).isFailed()) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Returns how long the environment took to go back; zero when it did not, or that is not known. */
    static long durationMillis(DeploymentRecord record) {
        if (record.kind() == DeploymentRecord.Kind.ROLLBACK
                && record.getOutcome().equals("DONE")) {
            return record.getDurationMillis();
        }
        List<PhaseRecord> phases = record.getPhases();
        int first = record.getOutcome().equals("ROLLED_BACK") ? firstPhase(record, phases) : -1;
        return first < 0
                ? 0
                : phases.get(phases.size() - 1).getEndMillis()
                        - phases.get(first).getStartMillis();
    }
}
