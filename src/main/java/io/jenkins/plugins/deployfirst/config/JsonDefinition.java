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
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A field of a JSON answer, and what it must be. */
public final class JsonDefinition extends AbstractDescribableImpl<JsonDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private String equals;

    /**
     * Creates it.
     *
     * @param pointer <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>, such as {@code /status}
     */
    @DataBoundConstructor
    public JsonDefinition(String pointer) {
        this.pointer = Util.fixNull(pointer).strip();
    }

    public String getPointer() {
        return pointer;
    }

    @CheckForNull
    public String getEquals() {
        return equals;
    }

    /** Says what the field must be, as text; none: it must exist and be neither false, null, 0 nor empty. */
    @DataBoundSetter
    public void setEquals(@CheckForNull String equals) {
        this.equals = Util.fixEmpty(equals);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<JsonDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.JsonDefinition_displayName();
        }

        @POST
        public FormValidation doCheckPointer(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, HealthReader::checkPointer);
        }
    }
}
