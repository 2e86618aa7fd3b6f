package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import java.time.Instant;

/** An environment that a release can be carried on to, as the form offers it. */
public final class PromotionTarget {
    private final EnvironmentView view;
    private final String freeze;

    PromotionTarget(DefinedEnvironment environment, Viewer viewer) {
        this.view = new EnvironmentView(environment, viewer);
        this.freeze = environment.freezeAt(Instant.now()).orElse("");
    }

    public String getKey() {
        return view.getKey();
    }

    public String getName() {
        return view.getFolder().isEmpty() ? view.getName() : view.getFolderDisplayName() + " » " + view.getName();
    }

    /** Returns what runs there now. */
    public ReleaseView getLive() {
        return view.getLive();
    }

    /** Returns the hours, this moment among them, in which nothing is promoted to it; empty when there are none. */
    public String getFreeze() {
        return freeze;
    }
}
