package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** A step on an environment, which is named or defined inline. */
public abstract class FlowStep extends Step {
    private String environment;
    private EnvironmentDefinition definition;

    @CheckForNull
    public String getEnvironment() {
        return environment;
    }

    /** Names an environment of a folder around the job, or of the global configuration. */
    @DataBoundSetter
    public void setEnvironment(@CheckForNull String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** Returns the environment's name, wherever it is defined; empty where the step says neither. */
    String environmentName() {
        return definition == null ? Util.fixNull(environment) : definition.getName();
    }

    @CheckForNull
    public EnvironmentDefinition getDefinition() {
        return definition;
    }

    /** Defines the environment in place, instead of naming one. */
    @DataBoundSetter
    public void setDefinition(@CheckForNull EnvironmentDefinition definition) {
        this.definition = definition;
    }
}
