package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.labels.LabelExpression;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.deploy.Mode;
import io.jenkins.plugins.deployfirst.engine.deploy.Strategy;
import jenkins.model.Jenkins;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What the form of an environment asks the server: checks as one types, a test of the settings, and these as code. */
public abstract class EnvironmentDescriptor extends Descriptor<EnvironmentDefinition> {
    EnvironmentDescriptor() {
        super(EnvironmentDefinition.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.EnvironmentDefinition_displayName();
    }

    /** Returns whether whoever looks at the form may have it tried: a reader of the page need not be allowed to. */
    public boolean mayTest(@CheckForNull Object owner) {
        return FormAccess.mayTest(owner);
    }

    /** Returns whether settings can be shown as code here. */
    public boolean isCodeKnown() {
        return CodeExport.get().isPresent();
    }

    /**
     * Tries what the form holds now, saved or not.
     *
     * @param environment the form of one environment, as Jenkins submits it
     */
    @POST
    public HttpResponse doTestConnection(
            StaplerRequest2 request, @CheckForNull @AncestorInPath Item item, @QueryParameter String environment)
            throws InterruptedException {
        FormAccess.requireConnect(item);
        EnvironmentDefinition definition = read(request, environment);
        if (definition.isLocal()) {
            // It would run commands on the controller.
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        }
        return ConnectionTest.run(definition, item);
    }

    /**
     * Shows what the form holds now, saved or not, as configuration as code.
     *
     * @param environment the form of one environment, as Jenkins submits it
     */
    @POST
    public HttpResponse doShowCode(
            StaplerRequest2 request, @CheckForNull @AncestorInPath Item item, @QueryParameter String environment) {
        FormAccess.requireConnect(item);
        EnvironmentDefinition definition = read(request, environment);
        return CodeExport.get()
                .map(export -> new EnvironmentCode(export.describe(definition), item == null))
                .orElseThrow(HttpResponses::notFound);
    }

    private static EnvironmentDefinition read(StaplerRequest2 request, @CheckForNull String form) {
        try {
            return request.bindJSON(EnvironmentDefinition.class, JSONObject.fromObject(form));
        } catch (JSONException e) {
            throw HttpResponses.error(400, "environment: is not the form of an environment.");
        }
    }

    @POST
    public ListBoxModel doFillModeItems() {
        return Words.items(Mode.class);
    }

    @POST
    public ListBoxModel doFillStrategyItems() {
        return Words.items(Strategy.class);
    }

    /** Warns of a folder's environment that hides the one of that name which all jobs see. */
    @POST
    public FormValidation doCheckName(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        FormValidation form = FormChecks.text(item, value, EngineRules::name);
        boolean hides = form.kind == FormValidation.Kind.OK
                && item != null
                && FormAccess.mayCheck(item)
                && DeployFirstConfiguration.get().getEnvironments().stream()
                        .anyMatch(global -> global.getName().equals(value.strip()));
        return hides ? FormValidation.warning(Messages.EnvironmentDescriptor_hides(value.strip())) : form;
    }

    @POST
    public FormValidation doCheckDirectory(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.text(item, value, EngineRules::directory);
    }

    @POST
    public FormValidation doCheckVia(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.mayCheck(item) ? LabelExpression.validate(value, item) : FormValidation.ok();
    }

    @POST
    public AutoCompletionCandidates doAutoCompleteVia(
            @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.mayCheck(item) ? LabelExpression.autoComplete(value) : new AutoCompletionCandidates();
    }

    @POST
    public FormValidation doCheckMode(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.text(item, value, EnvironmentReader::mode);
    }

    @POST
    public FormValidation doCheckStrategy(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.text(item, value, EnvironmentReader::strategy);
    }

    @POST
    public FormValidation doCheckStateFile(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.optional(item, value, EngineRules::stateFile);
    }

    @POST
    public FormValidation doCheckRemote(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.optional(item, value, EngineRules::remote);
    }

    @POST
    public FormValidation doCheckLockTimeout(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.duration(item, "lockTimeout", value);
    }

    @POST
    public FormValidation doCheckCommandTimeout(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return FormChecks.positiveDuration(item, "commandTimeout", value);
    }

    @POST
    public FormValidation doCheckJobs(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
        return JobPatterns.check(item, Lines.split(value));
    }

    /** The choice "none" of a drop-down sends a section without a class. */
    @Override
    public EnvironmentDefinition newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
            throws FormException {
        if (form.opt("ci") instanceof JSONObject ci && !ci.has("stapler-class") && !ci.has("$class")) {
            form.remove("ci");
        }
        return super.newInstance(request, form);
    }
}
