package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRequest;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import java.time.Duration;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Waits until an environment, or any URL, is healthy. */
public final class HealthGateStep extends BlockingStep {
    private String url;
    private String status;
    private String contains;
    private String matches;
    private Integer attempts;
    private String interval;
    private String timeout;
    private String startPeriod;
    private boolean failBuild = true;

    @DataBoundConstructor
    public HealthGateStep() {
        // Everything has a default or a setter.
    }

    @CheckForNull
    public String getUrl() {
        return url;
    }

    /** Gives the address to ask, instead of an environment. */
    @DataBoundSetter
    public void setUrl(@CheckForNull String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    @CheckForNull
    public String getStatus() {
        return status;
    }

    /** Gives the statuses that pass, such as {@code 2xx,301}; default 200. */
    @DataBoundSetter
    public void setStatus(@CheckForNull String status) {
        this.status = Util.fixEmptyAndTrim(status);
    }

    @CheckForNull
    public String getContains() {
        return contains;
    }

    /** Gives text that the body must contain. */
    @DataBoundSetter
    public void setContains(@CheckForNull String contains) {
        this.contains = Util.fixEmpty(contains);
    }

    @CheckForNull
    public String getMatches() {
        return matches;
    }

    /** Gives a regular expression that must be found in the body. */
    @DataBoundSetter
    public void setMatches(@CheckForNull String matches) {
        this.matches = Util.fixEmpty(matches);
    }

    @CheckForNull
    public Integer getAttempts() {
        return attempts;
    }

    /** Says how often to ask after the start period; default 3. */
    @DataBoundSetter
    public void setAttempts(@CheckForNull Integer attempts) {
        this.attempts = attempts;
    }

    @CheckForNull
    public String getInterval() {
        return interval;
    }

    /** Says how long to wait between attempts; default 5 s. */
    @DataBoundSetter
    public void setInterval(@CheckForNull String interval) {
        this.interval = Util.fixEmptyAndTrim(interval);
    }

    @CheckForNull
    public String getTimeout() {
        return timeout;
    }

    /** Says how long one attempt may take; default 10 s. */
    @DataBoundSetter
    public void setTimeout(@CheckForNull String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    @CheckForNull
    public String getStartPeriod() {
        return startPeriod;
    }

    /** Says how long a starting service may fail without that counting; default 30 s. */
    @DataBoundSetter
    public void setStartPeriod(@CheckForNull String startPeriod) {
        this.startPeriod = Util.fixEmptyAndTrim(startPeriod);
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
        FlowOutcome outcome = url == null ? askEnvironment(site) : askUrl(site);
        Map<String, Object> map = outcome.map();
        // Without an answer to the question there is nothing to return.
        return failBuild || !map.containsKey("healthy") ? StepSite.requireDone(outcome) : map;
    }

    private FlowOutcome askEnvironment(StepSite site) throws AbortException, InterruptedException {
        refuse("status", status);
        refuse("contains", contains);
        refuse("matches", matches);
        refuse("attempts", attempts);
        refuse("interval", interval);
        refuse("timeout", timeout);
        refuse("startPeriod", startPeriod);
        if (getEnvironment() == null && getDefinition() == null) {
            throw new AbortException("environment: is missing, and so is url. Give one of them.");
        }
        return site.run(site.resolve(this), new FlowRequest.Health(), DeploymentRecord.Kind.HEALTH);
    }

    private static void refuse(String field, @CheckForNull Object value) throws AbortException {
        if (value != null) {
            throw new AbortException(
                    field + ": needs a url. An environment is asked as its own health settings say; leave it out.");
        }
    }

    private FlowOutcome askUrl(StepSite site) throws AbortException, InterruptedException {
        if (getEnvironment() != null || getDefinition() != null) {
            throw new AbortException("url: and an environment are both given. Give one of them.");
        }
        try {
            return site.gate(check(), timing());
        } catch (DeployFirstException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private HttpCheck check() {
        return new HttpCheck(
                HttpCheck.url(url),
                Map.of(),
                Util.fixNull(status),
                Util.fixNull(contains),
                Util.fixNull(matches),
                "",
                "",
                0,
                Duration.ZERO);
    }

    private GateTiming timing() {
        GateTiming defaults = GateTiming.DEFAULTS;
        return new GateTiming(
                duration("startPeriod", startPeriod, defaults.startPeriod()),
                attempts == null ? defaults.attempts() : attempts,
                duration("interval", interval, defaults.interval()),
                duration("timeout", timeout, defaults.timeout()));
    }

    private static Duration duration(String field, @CheckForNull String text, Duration otherwise) {
        return text == null ? otherwise : DurationText.parse(field, text);
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

        /** Checks the form of the address. */
        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, value, () -> HttpCheck.url(value));
        }

        @POST
        public FormValidation doCheckInterval(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, value, () -> DurationText.parse("interval", value));
        }

        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, value, () -> DurationText.parse("timeout", value));
        }

        @POST
        public FormValidation doCheckStartPeriod(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, value, () -> DurationText.parse("startPeriod", value));
        }

        private static FormValidation check(Item item, String value, Runnable reading) {
            if (!mayRead(item) || Util.fixEmptyAndTrim(value) == null || value.contains("$")) {
                return FormValidation.ok();
            }
            try {
                reading.run();
                return FormValidation.ok();
            } catch (DeployFirstException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
