package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.agent.GitHubAccess;
import io.jenkins.plugins.deployfirst.engine.ci.GitHub;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A repository on GitHub or GitHub Enterprise. */
public final class GitHubCiDefinition extends CiDefinition {
    private static final long serialVersionUID = 1L;

    private final String repository;
    private String credentialsId;
    private String apiUrl = GitHub.DEFAULT_API_URL;

    /**
     * Creates it.
     *
     * @param repository {@code owner/name}
     */
    @DataBoundConstructor
    public GitHubCiDefinition(String repository) {
        this.repository = Util.fixNull(repository).strip();
    }

    public String getRepository() {
        return repository;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Names a secret text, or a GitHub App or user name whose password is a token; none for public repositories. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getApiUrl() {
        return apiUrl;
    }

    /** Gives the API's address; default {@link GitHub#DEFAULT_API_URL}. */
    @DataBoundSetter
    public void setApiUrl(@CheckForNull String apiUrl) {
        String address = Util.fixEmptyAndTrim(apiUrl);
        this.apiUrl = address == null ? GitHub.DEFAULT_API_URL : address;
    }

    @Override
    void check() {
        GitHubSettings.check(apiUrl, repository);
    }

    @Override
    GitHubAccess resolve(CredentialSource credentials) {
        String token = credentialsId == null ? "" : SecretCredentials.gitHubToken(credentialsId, apiUrl, credentials);
        return new GitHubAccess(apiUrl, repository, token);
    }

    /** Describes it. */
    @Extension
    @Symbol("github")
    public static final class DescriptorImpl extends CiDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GitHubCiDefinition_displayName();
        }

        @POST
        public FormValidation doCheckRepository(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, name -> GitHubSettings.check(GitHub.DEFAULT_API_URL, name));
        }

        @POST
        public FormValidation doCheckApiUrl(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.optional(item, value, GitHubSettings::checkUrl);
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
                    .check(
                            value,
                            SecretCredentials.TOKEN_KINDS,
                            FormValidation.warning(Messages.GitHubCiDefinition_noCredential()));
        }

        private static CredentialItems items(@CheckForNull Item item, String apiUrl) {
            String url = Util.fixEmptyAndTrim(apiUrl);
            return new CredentialItems(
                    item,
                    SecretCredentials.TOKENS,
                    SecretCredentials.requirements(url == null ? GitHub.DEFAULT_API_URL : url));
        }
    }
}
