package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey.DirectEntryPrivateKeySource;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor.FormException;
import hudson.util.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** Adds credentials to a Jenkins under test. */
public final class Credentials {
    private Credentials() {}

    public static StandardCredentials text(String id, String secret) throws IOException {
        return add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret)));
    }

    public static StandardCredentials file(String id, String content) throws IOException {
        SecretBytes bytes = SecretBytes.fromBytes(content.getBytes(StandardCharsets.UTF_8));
        return add(new FileCredentialsImpl(CredentialsScope.GLOBAL, id, "", "secret.env", bytes));
    }

    public static StandardCredentials password(String id, String user, String password)
            throws IOException, FormException {
        return add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", user, password));
    }

    public static StandardCredentials key(String id, String user, String passphrase, String... keys)
            throws IOException {
        return add(new BasicSSHUserPrivateKey(
                CredentialsScope.GLOBAL, id, user, new DirectEntryPrivateKeySource(List.of(keys)), passphrase, ""));
    }

    public static StandardCredentials file(String id, String name, String text) throws IOException {
        SecretBytes bytes = SecretBytes.fromBytes(text.getBytes(StandardCharsets.UTF_8));
        return add(new FileCredentialsImpl(CredentialsScope.GLOBAL, id, "", name, bytes));
    }

    private static StandardCredentials add(StandardCredentials credentials) throws IOException {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials().add(credentials);
        provider.save();
        return credentials;
    }
}
