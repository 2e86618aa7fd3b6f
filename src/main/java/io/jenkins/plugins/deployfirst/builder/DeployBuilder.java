package io.jenkins.plugins.deployfirst.builder;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/** A build step that puts a commit live. */
public abstract class DeployBuilder extends FlowBuilder {
    private String sha;
    private boolean redeployRejected;

    @CheckForNull
    public String getSha() {
        return sha;
    }

    /** Gives the commit; what is meant by none is the Pipeline step's business. */
    @DataBoundSetter
    public void setSha(@CheckForNull String sha) {
        this.sha = Util.fixEmptyAndTrim(sha);
    }

    public boolean isRedeployRejected() {
        return redeployRejected;
    }

    /** Asks for a commit even though it was rolled back before. */
    @DataBoundSetter
    public void setRedeployRejected(boolean redeployRejected) {
        this.redeployRejected = redeployRejected;
    }
}
