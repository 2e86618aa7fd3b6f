package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.config.HeaderDefinition;
import io.jenkins.plugins.deployfirst.config.HealthDefinition;
import io.jenkins.plugins.deployfirst.config.HookCredentials;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import io.jenkins.plugins.deployfirst.engine.hook.HookSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Asks a hosting platform to deploy, by its secret deploy hook, and waits until the new version answers. */
public final class DeployHookStep extends Step implements Blocking {
    /** A platform pulls the image before it starts it. */
    private static final Duration START_PERIOD = Duration.ofMinutes(5);

    private final String credentialsId;
    private String method = HookSettings.DEFAULT_METHOD;
    private List<HeaderDefinition> headers = new ArrayList<>();
    private String body;
    private int retries = HookSettings.DEFAULT_RETRIES;
    private String timeout;
    private HealthDefinition health;

    /**
     * Creates it.
     *
     * @param credentialsId a secret text: the hook's whole address
     */
    @DataBoundConstructor
    public DeployHookStep(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public String getMethod() {
        return method;
    }

    /** Gives the HTTP method; default {@code POST}. */
    @DataBoundSetter
    public void setMethod(@CheckForNull String method) {
        String given = Util.fixEmptyAndTrim(method);
        this.method = given == null ? HookSettings.DEFAULT_METHOD : given;
    }

    public List<HeaderDefinition> getHeaders() {
        return List.copyOf(headers);
    }

    /** Gives headers to send. */
    @DataBoundSetter
    public void setHeaders(@CheckForNull List<HeaderDefinition> headers) {
        this.headers = new ArrayList<>(Util.fixNull(headers));
    }

    @CheckForNull
    public String getBody() {
        return body;
    }

    /** Gives the body of the request; default none. */
    @DataBoundSetter
    public void setBody(@CheckForNull String body) {
        this.body = Util.fixEmpty(body);
    }

    public int getRetries() {
        return retries;
    }

    /** Says how often it is tried again when the server fails or the connection breaks off; default 3. */
    @DataBoundSetter
    public void setRetries(int retries) {
        this.retries = retries;
    }

    @CheckForNull
    public String getTimeout() {
        return timeout;
    }

    /** Says how long one request may take; default 30 s. */
    @DataBoundSetter
    public void setTimeout(@CheckForNull String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    @CheckForNull
    public HealthDefinition getHealth() {
        return health;
    }

    /** Says what the new version answers; default: it is not waited for. */
    @DataBoundSetter
    public void setHealth(@CheckForNull HealthDefinition health) {
        this.health = health;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new BlockingExecution(this, context);
    }

    @Override
    public String subject() {
        return "";
    }

    @Override
    public Object perform(StepSite site) throws Exception {
        try {
            Optional<HttpCheck> check = health == null ? Optional.empty() : Optional.of(check(site.listener()));
            HookSettings hook = settings(site.run());
            return StepSite.requireDone(site.follow(
                    DeploymentRecord.Kind.HOOK,
                    check.map(HttpCheck::describe).orElse(""),
                    log -> FlowRunner.hook(hook, check, timing(), site.channel(), log)));
        } catch (DeployFirstException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private HookSettings settings(Run<?, ?> run) {
        Map<String, String> sent = new LinkedHashMap<>();
        headers.forEach(header -> sent.put(header.getName(), header.getValue()));
        return new HookSettings(
                HookSettings.url(HookCredentials.url(credentialsId, run)),
                method,
                sent,
                Util.fixNull(body),
                retries,
                timeout == null ? HookSettings.DEFAULT_TIMEOUT : DurationText.parse("timeout", timeout));
    }

    private HttpCheck check(TaskListener listener) {
        HealthSettings settings = health.settings();
        if (settings.httpFromHost()
                || settings.command().isPresent()
                || !settings.containers().isEmpty()) {
            throw DeployFirstException.usage(
                    "health: from, containers and command need a host, and a deploy hook has none.",
                    "Leave them out, and give health.url.");
        }
        HttpCheck check = settings.http()
                .orElseThrow(() -> DeployFirstException.usage(
                        "health.url: is missing.", "Give the address that the new version answers at."));
        if (check.contains().isEmpty()
                && check.matches().isEmpty()
                && check.jsonPointer().isEmpty()) {
            listener.getLogger()
                    .println("warning: the old version passes the health check too; say in health.contains, matches or"
                            + " json what only the new one answers.");
        }
        return check;
    }

    private GateTiming timing() {
        if (health == null) {
            return GateTiming.DEFAULTS;
        }
        GateTiming given = health.settings().timing();
        return health.getStartPeriod() == null
                ? new GateTiming(START_PERIOD, given.attempts(), given.interval(), given.timeout())
                : given;
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "deployHook";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DeployHookStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @POST
        public ListBoxModel doFillMethodItems() {
            ListBoxModel items = new ListBoxModel();
            HookSettings.METHODS.forEach(items::add);
            return items;
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String credentialsId) {
            return HookCredentials.items(item, credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return HookCredentials.check(item, value);
        }

        @POST
        public FormValidation doCheckRetries(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> HookSettings.requireRetries(FieldChecks.number("retries", value)));
        }

        @POST
        public FormValidation doCheckTimeout(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> DurationText.parse("timeout", value));
        }
    }
}
