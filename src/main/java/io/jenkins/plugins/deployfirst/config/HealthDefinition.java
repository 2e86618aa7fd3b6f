package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.ServiceName;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What must be healthy after a change. */
public final class HealthDefinition extends AbstractDescribableImpl<HealthDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String url;
    private String from = Words.word(From.ENGINE);
    private List<HeaderDefinition> headers = new ArrayList<>();
    private String status;
    private String contains;
    private String matches;
    private JsonDefinition json;
    private TlsDefinition tls;
    private String maxLatency;
    private List<String> containers = new ArrayList<>();
    private String command;
    private LogsDefinition logs;
    private String startPeriod;
    private int attempts = GateTiming.DEFAULTS.attempts();
    private String interval;
    private String timeout;

    @DataBoundConstructor
    public HealthDefinition() {
        // Everything has a default.
    }

    /**
     * Returns the engine's settings.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when one is wrong
     */
    public HealthSettings settings() {
        return HealthReader.read(this);
    }

    /** Who asks the address. */
    enum From {
        /** The controller or agent that runs the step. */
        ENGINE,
        /** The environment's host itself. */
        HOST
    }

    @CheckForNull
    public String getUrl() {
        return url;
    }

    /** Gives the address to ask; none: no HTTP check. */
    @DataBoundSetter
    public void setUrl(@CheckForNull String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    @CheckForNull
    public String getStatus() {
        return status;
    }

    /** Says which statuses pass, such as {@code 2xx,301}; default 200. */
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
    public String getMaxLatency() {
        return maxLatency;
    }

    /** Says how long the whole answer may take; default: only the timeout counts. */
    @DataBoundSetter
    public void setMaxLatency(@CheckForNull String maxLatency) {
        this.maxLatency = Util.fixEmptyAndTrim(maxLatency);
    }

    @CheckForNull
    public String getCommand() {
        return command;
    }

    /** Gives a command on the host that must exit 0. */
    @DataBoundSetter
    public void setCommand(@CheckForNull String command) {
        this.command = Util.fixEmptyAndTrim(command);
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

    public String getFrom() {
        return from;
    }

    /** Says who asks: {@code engine} (the default; the controller or agent that runs the step) or {@code host}. */
    @DataBoundSetter
    public void setFrom(@CheckForNull String from) {
        this.from = Words.orDefault(from, From.ENGINE);
    }

    public List<HeaderDefinition> getHeaders() {
        return List.copyOf(headers);
    }

    /** Gives headers to send; no secrets, because they are saved as they are. */
    @DataBoundSetter
    public void setHeaders(@CheckForNull List<HeaderDefinition> headers) {
        this.headers = new ArrayList<>(Util.fixNull(headers));
    }

    @CheckForNull
    public JsonDefinition getJson() {
        return json;
    }

    /** Names a field of the JSON body that is looked at; none by default. */
    @DataBoundSetter
    public void setJson(@CheckForNull JsonDefinition json) {
        this.json = json;
    }

    @CheckForNull
    public TlsDefinition getTls() {
        return tls;
    }

    /** Says what the certificate must be; by default, just valid. */
    @DataBoundSetter
    public void setTls(@CheckForNull TlsDefinition tls) {
        this.tls = tls;
    }

    public List<String> getContainers() {
        return List.copyOf(containers);
    }

    /** Returns the services for a text box. */
    public String getContainersText() {
        return Lines.join(containers);
    }

    /** Names compose services that must run, and be healthy where they have a health check. */
    @DataBoundSetter
    public void setContainers(@CheckForNull List<String> containers) {
        this.containers = Lines.split(containers);
    }

    @CheckForNull
    public LogsDefinition getLogs() {
        return logs;
    }

    /** Says what must not be in the logs; by default, they are not read. */
    @DataBoundSetter
    public void setLogs(@CheckForNull LogsDefinition logs) {
        this.logs = logs;
    }

    public int getAttempts() {
        return attempts;
    }

    /** Says how often to ask after the start period; at least 1, default 3. */
    @DataBoundSetter
    public void setAttempts(int attempts) {
        this.attempts = attempts;
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<HealthDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HealthDefinition_displayName();
        }

        @POST
        public ListBoxModel doFillFromItems() {
            return Words.items(From.class);
        }

        @POST
        public FormValidation doCheckUrl(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.optional(item, value, EngineRules::url);
        }

        @POST
        public FormValidation doCheckStatus(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.optional(item, value, EngineRules::status);
        }

        @POST
        public FormValidation doCheckContainers(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> ServiceName.require("health.containers", Lines.split(value)));
        }

        @POST
        public FormValidation doCheckMatches(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, EngineRules::matches);
        }

        @POST
        public FormValidation doCheckMaxLatency(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.positiveDuration(item, "maxLatency", value);
        }

        @POST
        public FormValidation doCheckStartPeriod(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.duration(item, "startPeriod", value);
        }

        @POST
        public FormValidation doCheckInterval(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.duration(item, "interval", value);
        }

        @POST
        public FormValidation doCheckTimeout(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.positiveDuration(item, "timeout", value);
        }

        @POST
        public FormValidation doCheckAttempts(@QueryParameter String value) {
            return FormValidation.validatePositiveInteger(value);
        }
    }
}
