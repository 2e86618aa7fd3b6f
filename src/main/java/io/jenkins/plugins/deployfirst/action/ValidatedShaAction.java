package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import hudson.model.InvisibleAction;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The last validated release of an environment, as it was when the part of a build that asked for it had succeeded. */
@ExportedBean(defaultVisibility = 2)
public final class ValidatedShaAction extends InvisibleAction {
    private final String environment;
    private final String sha;
    private final String liveSha;
    private final long timestamp;

    /**
     * Makes the action.
     *
     * @param sha the last validated release; empty when none was validated yet
     * @param liveSha what the environment ran then
     */
    public ValidatedShaAction(String environment, String sha, String liveSha) {
        this.environment = environment;
        this.sha = ResultMap.fit(sha);
        this.liveSha = ResultMap.fit(liveSha);
        this.timestamp = System.currentTimeMillis();
    }

    @Exported
    public String getEnvironment() {
        return Util.fixNull(environment);
    }

    @Exported
    public String getSha() {
        return Util.fixNull(sha);
    }

    @Exported
    public String getLiveSha() {
        return Util.fixNull(liveSha);
    }

    /** Returns when it was so, in milliseconds since 1970. */
    @Exported
    public long getTimestamp() {
        return timestamp;
    }
}
