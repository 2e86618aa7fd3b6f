package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that puts a release live. */
public abstract class DeployStep extends BlockingStep {
    private String sha;
    private String tag;
    private boolean redeployRejected;

    @CheckForNull
    public String getSha() {
        return sha;
    }

    /** Gives the commit; what is meant by none is the step's business. */
    @DataBoundSetter
    public void setSha(@CheckForNull String sha) {
        this.sha = Util.fixEmptyAndTrim(sha);
    }

    @CheckForNull
    public String getTag() {
        return tag;
    }

    /** Gives the tag of the images; default: as the environment names the images of the commit. */
    @DataBoundSetter
    public void setTag(@CheckForNull String tag) {
        this.tag = Util.fixEmptyAndTrim(tag);
    }

    public boolean isRedeployRejected() {
        return redeployRejected;
    }

    /** Asks for a commit even though it was rolled back before. */
    @DataBoundSetter
    public void setRedeployRejected(boolean redeployRejected) {
        this.redeployRejected = redeployRejected;
    }

    /** Asks for a commit with what is given beside it. */
    final FlowRequest deploying(@CheckForNull String commit) {
        return new FlowRequest.Deploy(Util.fixNull(commit), Util.fixNull(tag), redeployRejected);
    }
}
