package io.jenkins.plugins.deployfirst.builder;

import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;

/** Describes a build step that holds a Pipeline step, whose form, lists and checks are its own. */
public abstract class FlowBuilderDescriptor extends BuildStepDescriptor<Builder> {
    @SuppressWarnings("rawtypes")
    @Override
    public boolean isApplicable(Class<? extends AbstractProject> jobType) {
        return FreeStyleProject.class.isAssignableFrom(jobType);
    }
}
