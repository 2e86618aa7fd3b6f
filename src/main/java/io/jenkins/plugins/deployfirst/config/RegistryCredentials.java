package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;

/** Logins to image registries, from the credentials that Jenkins keeps. */
public final class RegistryCredentials {
    static final String KINDS = "\"Username with password\", or another one that logs in to a registry";

    private RegistryCredentials() {}

    /**
     * Returns the registry with the login that a build may use. The use is recorded.
     *
     * @throws DeployFirstException (USAGE) when there is no such credential, or the address is none
     */
    public static Registry resolve(DockerRegistryEndpoint endpoint, Run<?, ?> run) {
        return resolve(endpoint.getUrl(), endpoint.getCredentialsId(), CredentialSource.of(run));
    }

    static Registry resolve(@CheckForNull String url, @CheckForNull String credentialsId, CredentialSource source) {
        Registry registry = new Registry(Util.fixNull(url), "", "");
        if (Util.fixEmptyAndTrim(credentialsId) == null) {
            return registry;
        }
        StandardCredentials found = CredentialIds.require(
                "registry.credentialsId",
                credentialsId,
                KINDS,
                StandardCredentials.class,
                source,
                SecretCredentials.requirements(
                        "https://" + (registry.host().isEmpty() ? "index.docker.io" : registry.host())));
        // Other plugins make logins of credentials of their own, such as those of a cloud, for this very kind of token.
        DockerRegistryToken token = AuthenticationTokens.convert(DockerRegistryToken.class, found);
        if (token == null) {
            throw CredentialIds.wrongKind("registry.credentialsId", found.getId(), KINDS);
        }
        String login = new String(Base64.getDecoder().decode(token.getToken()), StandardCharsets.UTF_8);
        int colon = login.indexOf(':');
        return new Registry(registry.url(), login.substring(0, Math.max(colon, 0)), login.substring(colon + 1));
    }
}
