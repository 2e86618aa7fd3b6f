package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.ci.RepositoryPlace;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A repository on a CI server that is read over its REST API, with a token. */
public abstract class RepositoryCiDefinition extends CiDefinition {
    private static final long serialVersionUID = 1L;

    private String credentialsId;
    private String apiUrl;

    /** Returns the sort of server. */
    abstract CiService service();

    /** Returns the repository's name there. */
    abstract String name();

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Names a secret text, or a user name (a GitHub App, too) whose password is a token; none for what is public. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getApiUrl() {
        return apiUrl == null ? service().defaultApiUrl().orElse("") : apiUrl;
    }

    /** Gives the API's address; default: that of the public server, where there is one. */
    @DataBoundSetter
    public void setApiUrl(@CheckForNull String apiUrl) {
        this.apiUrl = Util.fixEmptyAndTrim(apiUrl);
    }

    @Override
    protected void check() {
        service().check(getApiUrl(), name());
    }

    @Override
    protected CiAccess resolve(CiContext context) {
        String token = context.token("ci." + service().key() + ".credentialsId", credentialsId, getApiUrl());
        return new CiAccess(new RepositoryPlace(service(), getApiUrl(), name()), token);
    }

    /** What the forms of these servers have in common. */
    public abstract static class RepositoryCiDescriptor extends CiDescriptor {
        /** Returns the sort of server. */
        abstract CiService service();

        @POST
        public FormValidation doCheckApiUrl(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(
                    item,
                    value,
                    url -> service().check(orDefault(url), service().example()));
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @CheckForNull @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String apiUrl) {
            return items(item, apiUrl).list(credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String apiUrl) {
            return items(item, apiUrl)
                    .check(value, SecretCredentials.TOKEN_KINDS, FormValidation.warning(withoutCredential()));
        }

        /** Says what it means to give no token. */
        abstract String withoutCredential();

        /** Checks a repository's name by the engine's rule; the address does not matter to it. */
        FormValidation checkName(@CheckForNull Item item, String value) {
            String url = service().defaultApiUrl().orElse("https://localhost/api/v1");
            return FormChecks.text(item, value, name -> service().check(url, name));
        }

        private String orDefault(@CheckForNull String url) {
            String given = Util.fixEmptyAndTrim(url);
            return given == null ? service().defaultApiUrl().orElse("") : given;
        }

        private CredentialItems items(@CheckForNull Item item, @CheckForNull String apiUrl) {
            return new CredentialItems(
                    item, SecretCredentials.TOKENS, SecretCredentials.requirements(orDefault(apiUrl)));
        }
    }
}
