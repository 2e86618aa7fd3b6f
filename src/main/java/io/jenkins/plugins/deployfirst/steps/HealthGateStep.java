package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.config.HeaderDefinition;
import io.jenkins.plugins.deployfirst.config.HealthDefinition;
import io.jenkins.plugins.deployfirst.config.JsonDefinition;
import io.jenkins.plugins.deployfirst.config.TlsDefinition;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Waits until an environment, or any URL, is healthy. */
public final class HealthGateStep extends BlockingStep {
    private final HealthDefinition health = new HealthDefinition();
    private boolean failBuild = true;

    @DataBoundConstructor
    public HealthGateStep() {
        // Everything has a default or a setter.
    }

    @CheckForNull
    public String getUrl() {
        return health.getUrl();
    }

    /** Gives the address to ask, instead of an environment. */
    @DataBoundSetter
    public void setUrl(@CheckForNull String url) {
        health.setUrl(url);
    }

    public List<HeaderDefinition> getHeaders() {
        return health.getHeaders();
    }

    /** Gives headers to send; none by default. */
    @DataBoundSetter
    public void setHeaders(@CheckForNull List<HeaderDefinition> headers) {
        health.setHeaders(headers);
    }

    @CheckForNull
    public String getStatus() {
        return health.getStatus();
    }

    /** Gives the statuses that pass, such as {@code 2xx,301}; default 200. */
    @DataBoundSetter
    public void setStatus(@CheckForNull String status) {
        health.setStatus(status);
    }

    @CheckForNull
    public String getContains() {
        return health.getContains();
    }

    /** Gives text that the body must contain. */
    @DataBoundSetter
    public void setContains(@CheckForNull String contains) {
        health.setContains(contains);
    }

    @CheckForNull
    public String getMatches() {
        return health.getMatches();
    }

    /** Gives a regular expression that must be found in the body. */
    @DataBoundSetter
    public void setMatches(@CheckForNull String matches) {
        health.setMatches(matches);
    }

    @CheckForNull
    public JsonDefinition getJson() {
        return health.getJson();
    }

    /** Names a field of a JSON body that must be there, or equal to a text. */
    @DataBoundSetter
    public void setJson(@CheckForNull JsonDefinition json) {
        health.setJson(json);
    }

    @CheckForNull
    public TlsDefinition getTls() {
        return health.getTls();
    }

    /** Says what the certificate must be; by default, just valid. */
    @DataBoundSetter
    public void setTls(@CheckForNull TlsDefinition tls) {
        health.setTls(tls);
    }

    @CheckForNull
    public String getMaxLatency() {
        return health.getMaxLatency();
    }

    /** Says how long the whole answer may take; by default, only the timeout counts. */
    @DataBoundSetter
    public void setMaxLatency(@CheckForNull String maxLatency) {
        health.setMaxLatency(maxLatency);
    }

    public int getAttempts() {
        return health.getAttempts();
    }

    /** Says how often to ask after the start period; at least 1, default 3. */
    @DataBoundSetter
    public void setAttempts(int attempts) {
        health.setAttempts(attempts);
    }

    @CheckForNull
    public String getInterval() {
        return health.getInterval();
    }

    /** Says how long to wait between attempts; default 5 s. */
    @DataBoundSetter
    public void setInterval(@CheckForNull String interval) {
        health.setInterval(interval);
    }

    @CheckForNull
    public String getTimeout() {
        return health.getTimeout();
    }

    /** Says how long one attempt may take; default 10 s. */
    @DataBoundSetter
    public void setTimeout(@CheckForNull String timeout) {
        health.setTimeout(timeout);
    }

    @CheckForNull
    public String getStartPeriod() {
        return health.getStartPeriod();
    }

    /** Says how long a starting service may fail without that counting; default 30 s. */
    @DataBoundSetter
    public void setStartPeriod(@CheckForNull String startPeriod) {
        health.setStartPeriod(startPeriod);
    }

    public boolean isFailBuild() {
        return failBuild;
    }

    /** Says whether the step fails when it is not healthy, instead of returning that; default true. */
    @DataBoundSetter
    public void setFailBuild(boolean failBuild) {
        this.failBuild = failBuild;
    }

    @Override
    public Object perform(StepSite site) throws Exception {
        HealthSettings settings = settings();
        boolean named = getEnvironment() != null || getDefinition() != null;
        if (settings.http().isPresent() == named) {
            throw new AbortException(
                    named
                            ? "url: and an environment are both given. Give one of them."
                            : "environment: is missing, and so is url. Give one of them.");
        }
        FlowOutcome outcome = named ? askEnvironment(site, settings) : askUrl(site, settings);
        Map<String, Object> map = outcome.map();
        // Without an answer to the question there is nothing to return.
        return failBuild || !map.containsKey("healthy") ? StepSite.requireDone(outcome) : map;
    }

    private FlowOutcome askEnvironment(StepSite site, HealthSettings settings)
            throws AbortException, InterruptedException {
        if (!settings.equals(HealthSettings.NONE)) {
            throw new AbortException(
                    "attempts, interval, timeout and startPeriod: need a url. An environment is asked as"
                            + " its own health settings say; leave them out.");
        }
        return site.run(site.resolve(this), new FlowRequest.Health(), DeploymentRecord.Kind.HEALTH);
    }

    private static FlowOutcome askUrl(StepSite site, HealthSettings settings) throws InterruptedException {
        return site.gate(settings.http().orElseThrow(), settings.timing());
    }

    private HealthSettings settings() throws AbortException {
        try {
            return health.settings();
        } catch (DeployFirstException e) {
            // Here they are the step's own, and not those below health.
            throw new AbortException(e.getMessage().replaceAll("\\bhealth\\.", ""));
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends FlowStepDescriptor {
        @Override
        public String getFunctionName() {
            return "healthGate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HealthGateStep_displayName();
        }

        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> HttpCheck.url(value));
        }

        @POST
        public FormValidation doCheckStatus(@AncestorInPath Item item, @QueryParameter String value) {
            return inHealth(item, value, HealthDefinition::setStatus);
        }

        @POST
        public FormValidation doCheckMatches(@AncestorInPath Item item, @QueryParameter String value) {
            return inHealth(item, value, HealthDefinition::setMatches);
        }

        @POST
        public FormValidation doCheckInterval(@AncestorInPath Item item, @QueryParameter String value) {
            return inHealth(item, value, HealthDefinition::setInterval);
        }

        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return inHealth(item, value, HealthDefinition::setTimeout);
        }

        @POST
        public FormValidation doCheckStartPeriod(@AncestorInPath Item item, @QueryParameter String value) {
            return inHealth(item, value, HealthDefinition::setStartPeriod);
        }

        @POST
        public FormValidation doCheckMaxLatency(@AncestorInPath Item item, @QueryParameter String value) {
            return inHealth(item, value, HealthDefinition::setMaxLatency);
        }

        @POST
        public FormValidation doCheckAttempts(@QueryParameter String value) {
            return FormValidation.validatePositiveInteger(value);
        }

        /** Checks one setting as part of a check of some address. */
        private static FormValidation inHealth(Item item, String value, BiConsumer<HealthDefinition, String> setter) {
            return FieldChecks.of(item, value, () -> {
                HealthDefinition health = new HealthDefinition();
                health.setUrl("http://localhost/");
                setter.accept(health, value);
                health.settings();
            });
        }
    }
}
