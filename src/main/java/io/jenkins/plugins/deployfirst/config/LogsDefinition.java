package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.ServiceName;
import io.jenkins.plugins.deployfirst.engine.health.LogCheck;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the containers must not have logged since a change. */
public final class LogsDefinition extends AbstractDescribableImpl<LogsDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String absent;
    private List<String> services = new ArrayList<>();

    /** Creates it; {@code absent} is an extended regular expression that no line may match. */
    @DataBoundConstructor
    public LogsDefinition(String absent) {
        this.absent = Util.fixNull(absent).strip();
    }

    public String getAbsent() {
        return absent;
    }

    public List<String> getServices() {
        return List.copyOf(services);
    }

    /** Returns the services for a text box. */
    public String getServicesText() {
        return Lines.join(services);
    }

    /** Names the compose services whose logs are read; none: all. */
    @DataBoundSetter
    public void setServices(@CheckForNull List<String> services) {
        this.services = Lines.split(services);
    }

    LogCheck settings() {
        return new LogCheck(services, absent);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<LogsDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.LogsDefinition_displayName();
        }

        @POST
        public FormValidation doCheckServices(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> ServiceName.require("health.logs.services", Lines.split(value)));
        }

        @POST
        public FormValidation doCheckAbsent(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, text -> new LogCheck(List.of(), text));
        }
    }
}
