package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import java.util.ArrayList;
import java.util.List;

/** What people can do about an environment without a build. */
public enum EnvironmentAction {
    LOOK_AGAIN,
    WATCH_AGAIN,
    ROLLBACK,
    /** Carry what is validated there on to another environment. */
    PROMOTE;

    /** Returns those that make sense now and that the current user may do. */
    static List<EnvironmentAction> possible(
            DefinedEnvironment environment, SeenStatus seen, AttentionRules rules, Viewer viewer) {
        List<EnvironmentAction> possible = new ArrayList<>();
        if (environment.isOnAgents()) {
            return possible;
        }
        possible.add(LOOK_AGAIN);
        if (DeployPermissions.has(environment, DeployPermissions.ROLLBACK)) {
            if (rules.isWithoutVerdict()) {
                possible.add(WATCH_AGAIN);
            }
            possible.add(ROLLBACK);
        }
        if (seen.validated().isKnown() && !viewer.promotionTargets(environment).isEmpty()) {
            possible.add(PROMOTE);
        }
        return possible;
    }
}
