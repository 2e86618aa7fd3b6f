package io.jenkins.plugins.deployfirst.builder;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.steps.BlockingStep;
import io.jenkins.plugins.deployfirst.steps.HealthGateStep;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Waits until an environment, or any URL, is healthy, and fails the build when it is not. */
public final class HealthGateBuilder extends FlowBuilder {
    private String url;
    private String status;
    private String contains;
    private String matches;
    private Integer attempts;
    private String interval;
    private String timeout;
    private String startPeriod;

    @DataBoundConstructor
    public HealthGateBuilder() {
        // Everything has a default or a setter.
    }

    /** Names an environment of the global configuration, which is asked as its own health settings say. */
    @DataBoundSetter
    public void setEnvironment(@CheckForNull String environment) {
        nameEnvironment(environment);
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

    @Override
    BlockingStep step(EnvVars variables) {
        HealthGateStep step = new HealthGateStep();
        step.setUrl(variables.expand(url));
        step.setStatus(status);
        step.setContains(variables.expand(contains));
        step.setMatches(matches);
        Optional.ofNullable(attempts).ifPresent(step::setAttempts);
        step.setInterval(interval);
        step.setTimeout(timeout);
        step.setStartPeriod(startPeriod);
        return step;
    }

    /** Describes the build step. */
    @Extension
    @Symbol("healthGate")
    public static final class DescriptorImpl extends FlowBuilderDescriptor {
        @Override
        HealthGateStep.DescriptorImpl step() {
            return ExtensionList.lookupSingleton(HealthGateStep.DescriptorImpl.class);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HealthGateBuilder_displayName();
        }

        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return step().doCheckUrl(item, value);
        }

        @POST
        public FormValidation doCheckInterval(@AncestorInPath Item item, @QueryParameter String value) {
            return step().doCheckInterval(item, value);
        }

        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return step().doCheckTimeout(item, value);
        }

        @POST
        public FormValidation doCheckStartPeriod(@AncestorInPath Item item, @QueryParameter String value) {
            return step().doCheckStartPeriod(item, value);
        }
    }
}
