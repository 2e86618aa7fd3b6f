package io.jenkins.plugins.deployfirst.builder;

import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.steps.FlowStepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Describes a build step by the Pipeline step that it stands for. */
public abstract class FlowBuilderDescriptor extends BuildStepDescriptor<Builder> {
    /** Returns the Pipeline step's descriptor, whose lists and checks hold here too. */
    abstract FlowStepDescriptor step();

    @SuppressWarnings("rawtypes")
    @Override
    public boolean isApplicable(Class<? extends AbstractProject> jobType) {
        return FreeStyleProject.class.isAssignableFrom(jobType);
    }

    /** Lists the environments that the job may use; what is chosen stays listed. */
    @POST
    public ListBoxModel doFillEnvironmentItems(@AncestorInPath Item item, @QueryParameter String environment) {
        return step().doFillEnvironmentItems(item, environment);
    }

    /** Checks the form of a commit; empty means the default. */
    @POST
    public FormValidation doCheckSha(@AncestorInPath Item item, @QueryParameter String value) {
        return step().doCheckSha(item, value);
    }
}
