package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionRequest;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Carries a release that one environment has validated on to another one, when a person has typed DEPLOY. */
public final class PromoteToProdStep extends Step implements Blocking {
    private final String from;
    private final String to;
    private String confirm;
    private String sha;
    private String overrideFreeze;
    private boolean redeployRejected;

    /**
     * Creates the step.
     *
     * @param from names the environment that has validated the release
     * @param to names the one that it is carried on to
     */
    @DataBoundConstructor
    public PromoteToProdStep(String from, String to) {
        this.from = Util.fixEmptyAndTrim(from);
        this.to = Util.fixEmptyAndTrim(to);
    }

    @CheckForNull
    public String getFrom() {
        return from;
    }

    @CheckForNull
    public String getTo() {
        return to;
    }

    @Override
    public String subject() {
        return Util.fixNull(to);
    }

    @CheckForNull
    public String getConfirm() {
        return confirm;
    }

    /** Gives what a person typed; nothing is done unless it is {@code DEPLOY}. */
    @DataBoundSetter
    public void setConfirm(@CheckForNull String confirm) {
        this.confirm = Util.fixEmpty(confirm);
    }

    @CheckForNull
    public String getSha() {
        return sha;
    }

    /** Gives the release; default: the last one that {@code from} has validated. */
    @DataBoundSetter
    public void setSha(@CheckForNull String sha) {
        this.sha = Util.fixEmptyAndTrim(sha);
    }

    @CheckForNull
    public String getOverrideFreeze() {
        return overrideFreeze;
    }

    /** States why it is done in a freeze; the journal keeps it. */
    @DataBoundSetter
    public void setOverrideFreeze(@CheckForNull String overrideFreeze) {
        this.overrideFreeze = Util.fixEmptyAndTrim(overrideFreeze);
    }

    public boolean isRedeployRejected() {
        return redeployRejected;
    }

    /** Asks for a release even though it was rolled back there before. */
    @DataBoundSetter
    public void setRedeployRejected(boolean redeployRejected) {
        this.redeployRejected = redeployRejected;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BlockingExecution(this, context);
    }

    @Override
    public Object perform(StepSite site) throws Exception {
        ResolvedEnvironment source = site.resolve("from", from);
        ResolvedEnvironment target = site.resolve("to", to);
        FlowRequest.Promote request = new FlowRequest.Promote(
                source.environment(),
                Util.fixNull(sha),
                Util.fixNull(confirm),
                Util.fixNull(overrideFreeze),
                redeployRejected);
        return StepSite.requireDone(site.promote(source, target, request));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends FlowStepDescriptor {
        @Override
        public String getFunctionName() {
            return "promoteToProd";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PromoteToProdStep_displayName();
        }

        /** Lists the environments that the job may use. */
        @POST
        public ListBoxModel doFillFromItems(@AncestorInPath Item item, @QueryParameter String from) {
            return doFillEnvironmentItems(item, from);
        }

        /** Lists the environments that the job may use. */
        @POST
        public ListBoxModel doFillToItems(@AncestorInPath Item item, @QueryParameter String to) {
            return doFillEnvironmentItems(item, to);
        }

        /** Checks the typed word; an expression of the pipeline is only known when it runs. */
        @POST
        public FormValidation doCheckConfirm(@AncestorInPath Item item, @QueryParameter String value) {
            boolean open = !mayRead(item) || value.isEmpty() || value.contains("$");
            return open || value.equals(PromotionRequest.CONFIRMATION)
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.PromoteToProdStep_confirm());
        }
    }
}
