package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The secret addresses of deploy hooks, from the credentials that Jenkins keeps. */
public final class HookCredentials {
    private HookCredentials() {}

    /**
     * Returns the address that a build may use. The use is recorded.
     *
     * @param id of a secret text: the whole address
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when there is none
     */
    public static String url(String id, Run<?, ?> run) {
        // Its address is not known before, so its domain cannot be asked for.
        StringCredentials found = CredentialIds.require(
                "credentialsId",
                id,
                SecretCredentials.WEBHOOK_KINDS,
                StringCredentials.class,
                CredentialSource.of(run),
                List.of());
        return Secret.toString(found.getSecret()).strip();
    }

    /** Returns the choices of a form. */
    public static ListBoxModel items(@CheckForNull Item item, @CheckForNull String current) {
        return new CredentialItems(item, SecretCredentials.TEXTS, List.of()).list(current);
    }

    /** Says whether a credential can be found. */
    public static FormValidation check(@CheckForNull Item item, @CheckForNull String id) {
        return new CredentialItems(item, SecretCredentials.TEXTS, List.of())
                .check(id, SecretCredentials.WEBHOOK_KINDS, FormValidation.error(Messages.HookCredentials_none()));
    }
}
