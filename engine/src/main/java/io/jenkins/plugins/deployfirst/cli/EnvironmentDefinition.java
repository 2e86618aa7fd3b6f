package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.util.List;
import java.util.Optional;

/**
 * An environment as the file defines it: checked, but no key file, secret or connection touched yet.
 *
 * @param settings everything but logins and secrets; its host stands for the one that {@code host} gives
 * @param host where it lives
 * @param secrets what is lent to it
 * @param ci the CI server; empty when the file names none
 * @param notifiers who is told
 * @param place where it stands
 */
record EnvironmentDefinition(
        Environment settings,
        HostDefinition host,
        SecretReader.SecretsDefinition secrets,
        Optional<CiReader.CiDefinition> ci,
        List<NotifierReader.WebhookDefinition> notifiers,
        Place place) {

    String name() {
        return settings.name();
    }

    /** Returns the same environment, its containers run in another way. */
    EnvironmentDefinition with(ComposeSettings compose) {
        return new EnvironmentDefinition(settings.with(compose), host, secrets, ci, notifiers, place);
    }

    /** Returns the environment on this host. */
    Environment on(HostSettings settled) {
        return settings.on(settled);
    }
}
