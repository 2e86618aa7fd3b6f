package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a site's TLS certificate must be. */
public final class TlsDefinition extends AbstractDescribableImpl<TlsDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private int minDaysValid;

    @DataBoundConstructor
    public TlsDefinition() {
        // Everything has a default.
    }

    public int getMinDaysValid() {
        return minDaysValid;
    }

    /** Says for how many days more the certificate must be valid; 0, the default: just valid. */
    @DataBoundSetter
    public void setMinDaysValid(int minDaysValid) {
        this.minDaysValid = minDaysValid;
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<TlsDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TlsDefinition_displayName();
        }

        @POST
        public FormValidation doCheckMinDaysValid(@QueryParameter String value) {
            return FormValidation.validateNonNegativeInteger(value);
        }
    }
}
