package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookService;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Tokens and secret addresses, from the credentials that Jenkins keeps. */
final class SecretCredentials {
    static final String TOKEN_KINDS = "\"Secret text\", \"Username with password\" or \"GitHub App\"";
    static final String WEBHOOK_KINDS = "\"Secret text\"";

    static final CredentialsMatcher TEXTS = CredentialsMatchers.instanceOf(StringCredentials.class);
    static final CredentialsMatcher TOKENS =
            CredentialsMatchers.anyOf(TEXTS, CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private SecretCredentials() {}

    static String token(String field, @CheckForNull String id, String apiUrl, CredentialSource source) {
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

    /** Returns a secret text of Jenkins itself; empty when there is none. */
    static Optional<String> global(String id) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                .stream()
                .filter(credentials -> credentials.getId().equals(id))
                .map(credentials -> Secret.toString(credentials.getSecret()).strip())
                .findFirst();
    }

    static String webhook(WebhookService service, @CheckForNull String id, CredentialSource source) {
        StringCredentials found = CredentialIds.require(
                service.field() + ".credentialsId",
                id,
                WEBHOOK_KINDS,
                StringCredentials.class,
                source,
                requirements(service));
        return Secret.toString(found.getSecret()).strip();
    }

    /** Returns what a credential's domain must allow; the address of a webhook of one's own is not known before. */
    static List<DomainRequirement> requirements(WebhookService service) {
        return switch (service) {
            case DISCORD -> requirements("https://discord.com");
            case SLACK -> requirements("https://hooks.slack.com");
            case WEBHOOK -> List.of();
        };
    }

    /** Returns what a credential's domain must allow. */
    static List<DomainRequirement> requirements(String url) {
        return URIRequirementBuilder.fromUri(url).build();
    }
}
