package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.build.ImageSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** An image to build, or with a matrix several of its kind. */
public final class ImageDefinition extends AbstractDescribableImpl<ImageDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String WORKSPACE = ".";

    private final String name;
    private String context = WORKSPACE;
    private String dockerfile;
    private String target;
    private Map<String, String> buildArgs = new LinkedHashMap<>();
    private List<String> cacheFrom = new ArrayList<>();
    private Map<String, String> labels = new LinkedHashMap<>();

    /**
     * Creates it.
     *
     * @param name without registry and tag
     */
    @DataBoundConstructor
    public ImageDefinition(String name) {
        this.name = Util.fixNull(name).strip();
    }

    public String getName() {
        return name;
    }

    public String getContext() {
        return context;
    }

    /** Names the folder of the workspace that is sent to the builder; default: the workspace. */
    @DataBoundSetter
    public void setContext(@CheckForNull String context) {
        String given = Util.fixEmptyAndTrim(context);
        this.context = given == null ? WORKSPACE : given;
    }

    @CheckForNull
    public String getDockerfile() {
        return dockerfile;
    }

    /** Names the Dockerfile in the workspace; default: {@code Dockerfile} in the context. */
    @DataBoundSetter
    public void setDockerfile(@CheckForNull String dockerfile) {
        this.dockerfile = Util.fixEmptyAndTrim(dockerfile);
    }

    @CheckForNull
    public String getTarget() {
        return target;
    }

    /** Names the stage of the Dockerfile to build; default: the last one. */
    @DataBoundSetter
    public void setTarget(@CheckForNull String target) {
        this.target = Util.fixEmptyAndTrim(target);
    }

    public Map<String, String> getBuildArgs() {
        return new LinkedHashMap<>(buildArgs);
    }

    /** Returns the build arguments for a text box. */
    public String getBuildArgsText() {
        return KeyValues.join(buildArgs);
    }

    /** Gives the values of build arguments by name; no secrets. */
    @DataBoundSetter
    public void setBuildArgs(@CheckForNull Map<String, String> buildArgs) {
        this.buildArgs = KeyValues.of(buildArgs);
    }

    public List<String> getCacheFrom() {
        return List.copyOf(cacheFrom);
    }

    /** Returns the cache images for a text box. */
    public String getCacheFromText() {
        return Lines.join(cacheFrom);
    }

    /** Names images whose layers are used again. */
    @DataBoundSetter
    public void setCacheFrom(@CheckForNull List<String> cacheFrom) {
        this.cacheFrom = Lines.split(cacheFrom);
    }

    public Map<String, String> getLabels() {
        return new LinkedHashMap<>(labels);
    }

    /** Returns the labels for a text box. */
    public String getLabelsText() {
        return KeyValues.join(labels);
    }

    /** Gives the image labels of one's own, by name. */
    @DataBoundSetter
    public void setLabels(@CheckForNull Map<String, String> labels) {
        this.labels = KeyValues.of(labels);
    }

    /** Returns the engine's settings, with the values of a matrix filled in. */
    public ImageSettings settings(UnaryOperator<String> fill) {
        return new ImageSettings(
                fill.apply(name),
                fill.apply(context),
                Optional.ofNullable(dockerfile).map(fill),
                Optional.ofNullable(target).map(fill),
                filled(buildArgs, fill),
                cacheFrom.stream().map(fill).toList(),
                filled(labels, fill));
    }

    private static Map<String, String> filled(Map<String, String> texts, UnaryOperator<String> fill) {
        Map<String, String> filled = new LinkedHashMap<>();
        texts.forEach((key, value) -> filled.put(key, fill.apply(value)));
        return filled;
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ImageDefinition> {
        /** What stands for a word of a matrix, or is filled in by the pipeline. */
        private static final Pattern WORD = Pattern.compile("\\{[A-Za-z]\\w*}|\\$.*");

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ImageDefinition_displayName();
        }

        /** A text box gives lines where a pipeline gives a map. */
        @Override
        public ImageDefinition newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            Map<String, String> buildArgs = FormMaps.take(form, "buildArgs");
            Map<String, String> labels = FormMaps.take(form, "labels");
            ImageDefinition image = super.newInstance(request, form);
            image.setBuildArgs(buildArgs);
            image.setLabels(labels);
            return image;
        }

        @POST
        public FormValidation doCheckName(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(
                    item,
                    value,
                    text -> ImageSettings.requireName(WORD.matcher(text).replaceAll("x")));
        }

        @POST
        public FormValidation doCheckContext(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return check(item, value, ImageDefinition::setContext);
        }

        @POST
        public FormValidation doCheckTarget(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return check(item, value, ImageDefinition::setTarget);
        }

        @POST
        public FormValidation doCheckCacheFrom(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return check(item, value, (image, text) -> image.setCacheFrom(Lines.split(text)));
        }

        /** Checks one setting as part of an image; words of a matrix and of the pipeline are known only when it runs. */
        private static FormValidation check(
                @CheckForNull Item item, String value, BiConsumer<ImageDefinition, String> setter) {
            return FormChecks.optional(item, value, text -> {
                ImageDefinition image = new ImageDefinition("image");
                setter.accept(image, WORD.matcher(text).replaceAll("x"));
                image.settings(UnaryOperator.identity());
            });
        }

        @POST
        public FormValidation doCheckBuildArgs(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> KeyValues.parse("buildArgs", value));
        }

        @POST
        public FormValidation doCheckLabels(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> KeyValues.parse("labels", value));
        }
    }
}
