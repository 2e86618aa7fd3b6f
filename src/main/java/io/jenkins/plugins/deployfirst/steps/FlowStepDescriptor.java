package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.ImageTag;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Describes a step on an environment. */
public abstract class FlowStepDescriptor extends StepDescriptor {
    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    /** Lists the environments that the job may use; what is chosen stays listed. */
    @POST
    public ListBoxModel doFillEnvironmentItems(@AncestorInPath Item item, @QueryParameter String environment) {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.FlowStep_noEnvironment(), "");
        if (mayRead(item)) {
            DeployFirstConfiguration configuration = DeployFirstConfiguration.get();
            List<EnvironmentDefinition> usable =
                    item == null ? configuration.getEnvironments() : configuration.usableBy(item);
            usable.forEach(definition -> items.add(definition.getName()));
        }
        String chosen = Util.fixEmptyAndTrim(environment);
        if (chosen != null && items.stream().noneMatch(option -> option.value.equals(chosen))) {
            items.add(chosen);
        }
        return items;
    }

    /**
     * Returns the environment that a new form begins with, so that what it writes works: of those that may be used, in
     * their order, or the last one when there are not so many.
     *
     * @param owner what the form's page is about
     * @return empty when there is none
     */
    public String usualEnvironment(@CheckForNull Object owner, int index) {
        List<ListBoxModel.Option> usable = doFillEnvironmentItems(owner instanceof Item item ? item : null, "");
        return usable.get(Math.min(index + 1, usable.size() - 1)).value;
    }

    /** Checks the form of a commit; empty means the default. */
    @POST
    public FormValidation doCheckSha(@AncestorInPath Item item, @QueryParameter String value) {
        return mayRead(item) ? checkCommit(value) : FormValidation.ok();
    }

    /** Checks the form of a tag; empty means the default. */
    @POST
    public FormValidation doCheckTag(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldChecks.of(item, value, () -> new ImageTag(value.strip()));
    }

    public static FormValidation checkCommit(String value) {
        // An expression of the pipeline, such as "${params.SHA}", is only known when it runs.
        if (Util.fixEmptyAndTrim(value) == null || value.contains("$")) {
            return FormValidation.ok();
        }
        try {
            return FormValidation.ok("%s", new CommitSha(value).abbreviated());
        } catch (DeployFirstException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    public static boolean mayRead(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }
}
