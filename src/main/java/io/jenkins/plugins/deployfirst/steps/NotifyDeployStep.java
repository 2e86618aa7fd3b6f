package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.action.SiteStateAction;
import io.jenkins.plugins.deployfirst.agent.Caller;
import io.jenkins.plugins.deployfirst.agent.FlowLog;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.config.Words;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Kind;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Link;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Sends a message of one's own to whom the environment notifies. */
public final class NotifyDeployStep extends BlockingStep {
    private final String message;
    private String kind = Words.word(Kind.DEPLOYED);
    private String sha;
    private String next;

    /**
     * Creates it.
     *
     * @param message what happened, in one line
     */
    @DataBoundConstructor
    public NotifyDeployStep(String message) {
        this.message = Util.fixNull(message).strip();
    }

    public String getMessage() {
        return message;
    }

    public String getKind() {
        return kind;
    }

    /** Says which sort of event it is, which the notifiers' policies select by; default {@code deployed}. */
    @DataBoundSetter
    public void setKind(@CheckForNull String kind) {
        this.kind = Words.orDefault(kind, Kind.DEPLOYED);
    }

    @CheckForNull
    public String getSha() {
        return sha;
    }

    /** Gives the commit it is about; default {@code GIT_COMMIT} where that is set, none for a site that is down or up. */
    @DataBoundSetter
    public void setSha(@CheckForNull String sha) {
        this.sha = Util.fixEmptyAndTrim(sha);
    }

    @CheckForNull
    public String getNext() {
        return next;
    }

    /** Says what follows. */
    @DataBoundSetter
    public void setNext(@CheckForNull String next) {
        this.next = Util.fixEmptyAndTrim(next);
    }

    @Override
    public Object perform(StepSite site) throws Exception {
        try {
            return tell(site);
        } catch (DeployFirstException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private Object tell(StepSite site) throws IOException, InterruptedException {
        if (message.isEmpty()) {
            throw new AbortException("message: is empty. Say what happened, in one line.");
        }
        Kind sort = Words.parse("kind", kind, Kind.class, Kind.DEPLOYED);
        boolean ofSite = sort == Kind.DOWN || sort == Kind.UP;
        ResolvedEnvironment environment = site.resolve(this);
        Message told = told(site, environment, sort, commit(site, ofSite));
        String name = told.environment();
        if (ofSite && SiteStateAction.isKnown(site.run(), name, sort.name())) {
            site.listener()
                    .getLogger()
                    .println(name + " is " + kind + " still, as has been told before; nobody is told again.");
            SiteStateAction.keep(site.run(), name, sort.name());
            return FlowRunner.coalesced(told).map();
        }
        FlowOutcome outcome =
                FlowRunner.tell(environment.notifiers(), told, site.channel(), FlowLog.of(site.listener()));
        Object result = StepSite.requireDone(outcome);
        if (ofSite && isTold(outcome)) {
            SiteStateAction.keep(site.run(), name, sort.name());
        }
        return result;
    }

    /** What reached nobody is not told, and is tried again the next time. */
    private static boolean isTold(FlowOutcome outcome) {
        return !outcome.map().get("sent").equals(0)
                || outcome.map().get("failed").equals(0);
    }

    private Message told(StepSite site, ResolvedEnvironment environment, Kind sort, String commit) {
        String build = Caller.of(site.run()).buildUrl();
        return new Message(
                sort,
                environment.environment().name(),
                commit,
                "",
                "",
                message,
                Util.fixNull(next),
                environment.environment().health().url(),
                build.isEmpty() ? List.of() : List.of(new Link("Build", build)));
    }

    /** That a site is down or up is about no commit, although the build may have checked one out. */
    private String commit(StepSite site, boolean ofSite) {
        String given = sha == null && !ofSite ? site.variables().get("GIT_COMMIT") : sha;
        String text = Util.fixEmptyAndTrim(given);
        return text == null ? "" : new CommitSha(text).value();
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends FlowStepDescriptor {
        @Override
        public String getFunctionName() {
            return "notifyDeploy";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NotifyDeployStep_displayName();
        }

        @POST
        public ListBoxModel doFillKindItems() {
            return Words.items(Kind.class);
        }

        @POST
        public FormValidation doCheckMessage(@AncestorInPath Item item, @QueryParameter String value) {
            return mayRead(item) && Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.NotifyDeployStep_noMessage())
                    : FormValidation.ok();
        }
    }
}
