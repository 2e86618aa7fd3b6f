package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.deploy.ImageSettings;
import java.io.Serializable;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How the images of releases are named, where their tag is what is deployed. */
public final class ImageTagDefinition extends AbstractDescribableImpl<ImageTagDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String tagVariable;
    private String tag;

    @DataBoundConstructor
    public ImageTagDefinition() {
        // Everything has a default.
    }

    @CheckForNull
    public String getTagVariable() {
        return tagVariable;
    }

    /** Names the variable in the compose files that holds the tag; default {@code IMAGE_TAG}. */
    @DataBoundSetter
    public void setTagVariable(@CheckForNull String tagVariable) {
        this.tagVariable = Util.fixEmptyAndTrim(tagVariable);
    }

    @CheckForNull
    public String getTag() {
        return tag;
    }

    /** Gives the tag of a commit's images, with <code>{sha}</code> or <code>{shortSha}</code> in it; default the SHA. */
    @DataBoundSetter
    public void setTag(@CheckForNull String tag) {
        this.tag = Util.fixEmptyAndTrim(tag);
    }

    ImageSettings settings() {
        return settings(tagVariable, tag);
    }

    static ImageSettings settings(@CheckForNull String tagVariable, @CheckForNull String tag) {
        return new ImageSettings(
                Optional.ofNullable(tagVariable).orElse(ImageSettings.DEFAULT_TAG_VARIABLE),
                Optional.ofNullable(tag).orElse(ImageSettings.DEFAULT_TAG));
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ImageTagDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ImageTagDefinition_displayName();
        }

        @POST
        public FormValidation doCheckTagVariable(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.optional(item, value, text -> settings(text, null));
        }

        @POST
        public FormValidation doCheckTag(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.optional(item, value, text -> settings(null, text));
        }
    }
}
