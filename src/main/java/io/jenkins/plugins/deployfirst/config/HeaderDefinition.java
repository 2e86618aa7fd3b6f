package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.io.Serializable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A header that is sent with a health request. */
public final class HeaderDefinition extends AbstractDescribableImpl<HeaderDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String value;

    /** Creates a header, such as {@code Accept} with the value {@code application/json}. */
    @DataBoundConstructor
    public HeaderDefinition(String name, String value) {
        this.name = Util.fixNull(name).strip();
        this.value = Util.fixNull(value).strip();
    }

    public String getName() {
        return name;
    }

    public String getValue() {
        return value;
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<HeaderDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HeaderDefinition_displayName();
        }

        @POST
        public FormValidation doCheckValue(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> EngineRules.header("X", Util.fixNull(value)));
        }

        @POST
        public FormValidation doCheckName(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, name -> EngineRules.header(name, ""));
        }
    }
}
