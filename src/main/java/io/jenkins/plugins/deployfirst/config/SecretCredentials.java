package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.Secret;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Tokens and secret addresses, from the credentials that Jenkins keeps. */
final class SecretCredentials {
    static final String TOKEN_KINDS = "\"Secret text\", \"Username with password\" or \"GitHub App\"";
    static final String WEBHOOK_KINDS = "\"Secret text\"";
    /** Where Discord's webhooks are called. */
    static final String DISCORD = "https://discord.com";

    static final CredentialsMatcher TEXTS = CredentialsMatchers.instanceOf(StringCredentials.class);
    static final CredentialsMatcher TOKENS =
            CredentialsMatchers.anyOf(TEXTS, CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private SecretCredentials() {}

    static String gitHubToken(@CheckForNull String id, String apiUrl, CredentialSource source) {
        String field = "ci.github.credentialsId";
        StandardCredentials found =
                CredentialIds.require(field, id, TOKEN_KINDS, StandardCredentials.class, source, requirements(apiUrl));
        if (found instanceof StringCredentials text) {
            return Secret.toString(text.getSecret());
        }
        // The password of a GitHub App's credential is a token of one hour, made anew when it is asked for.
        if (found instanceof StandardUsernamePasswordCredentials password) {
            return Secret.toString(password.getPassword());
        }
        throw CredentialIds.wrongKind(field, found.getId(), TOKEN_KINDS);
    }

    static String webhook(@CheckForNull String id, CredentialSource source) {
        StringCredentials found = CredentialIds.require(
                "notify.discord.credentialsId",
                id,
                WEBHOOK_KINDS,
                StringCredentials.class,
                source,
                requirements(DISCORD));
        return Secret.toString(found.getSecret()).strip();
    }

    /** Returns what a credential's domain must allow. */
    static List<DomainRequirement> requirements(String url) {
        return URIRequirementBuilder.fromUri(url).build();
    }
}
