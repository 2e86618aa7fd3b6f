package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.ci.JenkinsPlace;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Another job of this Jenkins that builds the same commits. */
public final class JenkinsCiDefinition extends CiDefinition {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");

    private final String job;
    private String parameter;

    /**
     * Creates it.
     *
     * @param job its full name, or that of a folder or multibranch project whose jobs all count; from the folder of the job
     *     that watches, as the step {@code build} takes it
     */
    @DataBoundConstructor
    public JenkinsCiDefinition(String job) {
        this.job = Util.fixNull(job).strip();
    }

    public String getJob() {
        return job;
    }

    @CheckForNull
    public String getParameter() {
        return parameter;
    }

    /** Names the parameter or variable that tells which commit a build is about; default: {@code SHA}, {@code GIT_COMMIT}. */
    @DataBoundSetter
    public void setParameter(@CheckForNull String parameter) {
        this.parameter = Util.fixEmptyAndTrim(parameter);
    }

    @Override
    protected void check() {
        checkJob(job);
        checkParameter(parameter);
    }

    @Override
    protected CiAccess resolve(CiContext context) {
        Item item = context.item();
        boolean byAdministrator = item == null
                || DeployFirstConfiguration.get().getEnvironments().stream()
                        .anyMatch(environment -> environment.getCi() == this);
        return new CiAccess(JenkinsPlace.of(item, context.reader(), job, parameter, byAdministrator), "");
    }

    private static void checkJob(String name) {
        if (name.isEmpty()) {
            throw DeployFirstException.usage(
                    "ci.jenkins.job: is missing.", "Name the job that runs the tests, such as team/shop-ci.");
        }
    }

    private static void checkParameter(@CheckForNull String name) {
        if (name != null && !NAME.matcher(name).matches()) {
            throw DeployFirstException.usage(
                    "ci.jenkins.parameter: \"" + OneLine.of(name, 60) + "\" is not the name of a parameter.",
                    "Write letters, digits and underscores, such as SHA.");
        }
    }

    /** Describes it. */
    @Extension
    @Symbol("jenkins")
    public static final class DescriptorImpl extends CiDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.JenkinsCiDefinition_displayName();
        }

        /** Offers the items that the user may read. */
        @POST
        public AutoCompletionCandidates doAutoCompleteJob(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return AutoCompletionCandidates.ofJobNames(Item.class, Util.fixNull(value), JenkinsPlace.folderOf(item));
        }

        @POST
        public FormValidation doCheckJob(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            String name = Util.fixNull(value).strip();
            FormValidation form = FormChecks.of(item, () -> checkJob(name));
            if (form.kind != FormValidation.Kind.OK
                    || !FormAccess.mayCheck(item)
                    || Jenkins.get().getItem(name, JenkinsPlace.folderOf(item)) != null) {
                return form;
            }
            return FormValidation.warning(Messages.JenkinsCiDefinition_noJob(name));
        }

        @POST
        public FormValidation doCheckParameter(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.optional(item, value, JenkinsCiDefinition::checkParameter);
        }
    }
}
