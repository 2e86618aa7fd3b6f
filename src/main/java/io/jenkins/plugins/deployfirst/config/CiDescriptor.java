package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules.OnNoVerdict;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What the forms of CI servers have in common: the settings of {@link CiDefinition}. A server's own {@code config.jelly}
 * ends with {@code <st:include page="watch" class="io.jenkins.plugins.deployfirst.config.CiDefinition"/>}, which shows
 * them. Its symbol is its name in configuration as code and in pipelines.
 */
public abstract class CiDescriptor extends Descriptor<CiDefinition> {
    @POST
    public FormValidation doCheckInitialDelay(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.duration(item, "initialDelay", value);
    }

    @POST
    public FormValidation doCheckInterval(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.positiveDuration(item, "interval", value);
    }

    @POST
    public FormValidation doCheckTimeout(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.duration(item, "timeout", value);
    }

    @POST
    public FormValidation doCheckChecks(
            @CheckForNull @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String ignoreChecks) {
        return FormChecks.of(item, () -> EngineRules.checks(Lines.split(value), Lines.split(ignoreChecks)));
    }

    @POST
    public FormValidation doCheckIgnoreChecks(
            @CheckForNull @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String checks) {
        return FormChecks.of(item, () -> EngineRules.checks(Lines.split(checks), Lines.split(value)));
    }

    @POST
    public ListBoxModel doFillOnTimeoutItems() {
        return Words.items(OnNoVerdict.class);
    }

    @POST
    public ListBoxModel doFillOnAbsentItems() {
        return Words.items(OnNoVerdict.class);
    }
}
