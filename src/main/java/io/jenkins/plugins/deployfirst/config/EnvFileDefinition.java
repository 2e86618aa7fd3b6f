package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.EnvFileSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A secret file that is lent to the host for the time of a deployment. */
public final class EnvFileDefinition extends AbstractDescribableImpl<EnvFileDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String KINDS = "\"Secret file\"";
    private static final CredentialsMatcher FILES = CredentialsMatchers.instanceOf(FileCredentials.class);

    private final String credentialsId;
    private final String path;
    private boolean keep;

    /**
     * Creates it.
     *
     * @param credentialsId of a secret file
     * @param path where it is put, relative to the environment's directory
     */
    @DataBoundConstructor
    public EnvFileDefinition(String credentialsId, String path) {
        this.credentialsId = Util.fixNull(credentialsId).strip();
        this.path = Util.fixNull(path).strip();
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public String getPath() {
        return path;
    }

    public boolean isKeep() {
        return keep;
    }

    /** Says whether it stays with the release that went live; default: it is removed when the deployment ends. */
    @DataBoundSetter
    public void setKeep(boolean keep) {
        this.keep = keep;
    }

    /**
     * Returns the file that a build may use. The use is recorded.
     *
     * @throws DeployFirstException (USAGE) when there is no such credential, or the path leads elsewhere
     */
    public EnvFileSettings resolve(Run<?, ?> run) {
        return resolve(CredentialSource.of(run));
    }

    void check() {
        EnvFileSettings.requireInside(path);
    }

    EnvFileSettings resolve(CredentialSource source) {
        check();
        FileCredentials found = CredentialIds.require(
                "envFile.credentialsId", credentialsId, KINDS, FileCredentials.class, source, List.of());
        try (InputStream content = found.getContent()) {
            return new EnvFileSettings(content.readNBytes(EnvFileSettings.LARGEST + 1), path, keep);
        } catch (IOException e) {
            throw DeployFirstException.usage(
                    "envFile.credentialsId: the file of the credential \"" + credentialsId + "\" cannot be read.",
                    "Upload it again.");
        }
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<EnvFileDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EnvFileDefinition_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String credentialsId) {
            return new CredentialItems(item, FILES, List.of()).list(credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return new CredentialItems(item, FILES, List.of())
                    .check(value, KINDS, FormValidation.error(Messages.EnvFileDefinition_noCredential()));
        }

        @POST
        public FormValidation doCheckPath(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, EnvFileSettings::requireInside);
        }
    }
}
