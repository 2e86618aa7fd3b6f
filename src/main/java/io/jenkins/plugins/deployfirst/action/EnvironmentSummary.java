package io.jenkins.plugins.deployfirst.action;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The newest that a job's builds tell of an environment. */
@ExportedBean(defaultVisibility = 3)
public final class EnvironmentSummary {
    private final String name;
    private String live = "";
    private String validated = "";

    EnvironmentSummary(String name) {
        this.name = name;
    }

    /** Takes what is not known yet; to be told from the newest to the oldest. */
    void learn(String olderLive, String olderValidated) {
        live = live.isEmpty() ? olderLive : live;
        validated = validated.isEmpty() ? olderValidated : validated;
    }

    @Exported
    public String getName() {
        return name;
    }

    /** Returns the full SHA; empty when the builds do not tell. */
    @Exported
    public String getLive() {
        return live;
    }

    /** Returns the full SHA; empty when the builds do not tell. */
    @Exported
    public String getValidated() {
        return validated;
    }

    public String getShortLive() {
        return Sha.abbreviated(live);
    }

    public String getShortValidated() {
        return Sha.abbreviated(validated);
    }

    /** Returns whether what is live is known to be the validated release. */
    public boolean isLiveValidated() {
        return !live.isEmpty() && live.equals(validated);
    }
}
