package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.agent.Via;
import io.jenkins.plugins.deployfirst.ci.BuildCi;
import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.FreezeWindows;
import io.jenkins.plugins.deployfirst.engine.deploy.HealthSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.ImageSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Mode;
import io.jenkins.plugins.deployfirst.engine.deploy.PreflightSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.RollingSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.SecretSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Strategy;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes the engine's settings of a definition, by the engine's own rules. */
final class EnvironmentReader {
    private EnvironmentReader() {}

    /**
     * Reads a definition and looks its credentials up in the context of a build.
     *
     * @throws DeployFirstException (USAGE) when a setting is wrong or a credential is missing
     */
    static ResolvedEnvironment resolve(EnvironmentDefinition definition, Run<?, ?> run) {
        return resolve(definition, CredentialSource.of(run), CiContext.of(run), access -> BuildCi.of(run, access));
    }

    /**
     * Reads a definition and looks its credentials up where it is defined, without a build.
     *
     * @param folder null: the global configuration
     * @throws DeployFirstException (USAGE) when a setting is wrong or a credential is missing
     */
    static ResolvedEnvironment resolve(EnvironmentDefinition definition, @CheckForNull Item folder) {
        return resolve(definition, CredentialSource.of(folder), CiContext.of(folder), BuildCi::withoutBuild);
    }

    private static ResolvedEnvironment resolve(
            EnvironmentDefinition definition,
            CredentialSource credentials,
            CiContext context,
            Function<CiAccess, BuildCi> ci) {
        // What needs no credential is checked first: the message about it is the more useful one.
        Environment checked = check(definition);
        return new ResolvedEnvironment(
                checked.on(definition.getHost().resolve(credentials)).with(secrets(definition, credentials)),
                Optional.ofNullable(definition.getCi())
                        .map(server -> server.resolve(context))
                        .map(ci),
                definition.getNotify().stream()
                        .map(notifier -> notifier.resolve(credentials))
                        .toList(),
                via(definition, context));
    }

    /** Returns the agents that connect to its host; empty: whoever runs the flow does. */
    static Optional<Via> via(EnvironmentDefinition definition, CiContext context) {
        return Optional.ofNullable(definition.getVia()).map(label -> new Via(label, context.reader()));
    }

    static SecretSettings secrets(EnvironmentDefinition definition, CredentialSource credentials) {
        return new SecretSettings(
                Optional.ofNullable(definition.getRegistry())
                        .map(registry -> RegistryCredentials.resolve(
                                registry.getUrl(), registry.getCredentialsId(), credentials)),
                Optional.ofNullable(definition.getEnvFile()).map(file -> file.resolve(credentials)));
    }

    /**
     * Checks all that needs no credential.
     *
     * @return the settings, on a host that stands for the real one
     * @throws DeployFirstException (USAGE) when a setting is wrong
     */
    static Environment check(EnvironmentDefinition definition) {
        if (definition.getHost() == null) {
            throw DeployFirstException.usage("host: is missing.", "Name an SSH host, or local.");
        }
        definition.getHost().check();
        Optional.ofNullable(definition.getVia()).ifPresent(label -> checkVia(label, definition));
        Optional.ofNullable(definition.getCi()).ifPresent(CiDefinition::check);
        definition.getNotify().forEach(NotifierDefinition::check);
        Optional.ofNullable(definition.getRegistry())
                .ifPresent(registry -> new Registry(Util.fixNull(registry.getUrl()), "", ""));
        Optional.ofNullable(definition.getEnvFile()).ifPresent(EnvFileDefinition::check);
        return settings(definition);
    }

    private static void checkVia(String label, EnvironmentDefinition definition) {
        if (definition.isLocal()) {
            throw DeployFirstException.usage(
                    "via: is for hosts over SSH, and this one is local.",
                    "Remove it; inside node the commands run on the agent of the step.");
        }
        try {
            Label.parseExpression(label);
        } catch (IllegalArgumentException e) {
            throw DeployFirstException.usage(
                    "via: \"" + OneLine.of(label, 100) + "\" is not a label: " + OneLine.of(e.getMessage(), 200) + ".",
                    "Write the label of some agents, or an expression such as linux && dmz.");
        }
    }

    /**
     * Checks definitions that stand side by side.
     *
     * @throws DeployFirstException (USAGE) when a setting is wrong, or two have the same name
     */
    static void checkAll(List<EnvironmentDefinition> definitions) {
        Set<String> names = new HashSet<>();
        for (EnvironmentDefinition definition : definitions) {
            check(definition);
            if (!names.add(definition.getName())) {
                throw DeployFirstException.usage(
                        "name: there are two environments with the name \"" + definition.getName() + "\".",
                        "Give each a name of its own.");
            }
        }
    }

    private static Environment settings(EnvironmentDefinition definition) {
        Optional<ImageSettings> image = image(definition);
        Optional<RollingSettings> rolling = rolling(definition);
        ComposeSettings.Action usual =
                rolling.isPresent() || image.isPresent() ? ComposeSettings.Action.UP : ComposeSettings.Action.RESTART;
        return new Environment(
                definition.getName(),
                new HostSettings.Local(),
                definition.getDirectory(),
                Optional.ofNullable(definition.getCompose())
                        .map(compose -> compose.settings(usual))
                        .orElseGet(() -> ComposeDefinition.defaults(usual)),
                Optional.ofNullable(definition.getMigrate()).map(MigrateDefinition::settings),
                Optional.ofNullable(definition.getHealth())
                        .map(HealthDefinition::settings)
                        .orElse(HealthSettings.NONE),
                Optional.ofNullable(definition.getCi()).map(CiDefinition::rules).orElse(CiRules.DEFAULTS),
                Optional.ofNullable(definition.getStateFile()),
                Times.parse("lockTimeout", definition.getLockTimeout(), Environment.DEFAULT_LOCK_TIMEOUT),
                Times.parsePositive(
                        "commandTimeout", definition.getCommandTimeout(), Environment.DEFAULT_COMMAND_TIMEOUT),
                definition.getRemote(),
                Optional.ofNullable(definition.getPreflight())
                        .map(PreflightDefinition::settings)
                        .orElse(PreflightSettings.NONE),
                promotion(definition),
                rolling,
                SecretSettings.NONE,
                image);
    }

    private static Optional<RollingSettings> rolling(EnvironmentDefinition definition) {
        Optional<RollingSettings> settings =
                Optional.ofNullable(definition.getRolling()).map(RollingDefinition::settings);
        if (strategy(definition.getStrategy()) == Strategy.ROLLING) {
            return Optional.of(settings.orElse(RollingSettings.DEFAULTS));
        }
        if (settings.isPresent()) {
            throw DeployFirstException.usage(
                    "rolling: has no effect without strategy: rolling.", "Choose that, or remove the section.");
        }
        return Optional.empty();
    }

    private static Optional<ImageSettings> image(EnvironmentDefinition definition) {
        Optional<ImageTagDefinition> image = Optional.ofNullable(definition.getImage());
        if (mode(definition.getMode()) == Mode.IMAGE) {
            return Optional.of(image.orElseGet(ImageTagDefinition::new).settings());
        }
        if (image.isPresent()) {
            throw DeployFirstException.usage(
                    "image: has no effect without mode: image.", "Choose that, or remove the section.");
        }
        return Optional.empty();
    }

    static Mode mode(String word) {
        return Words.parse("mode", word, Mode.class, Mode.CHECKOUT);
    }

    static Strategy strategy(String word) {
        return Words.parse("strategy", word, Strategy.class, Strategy.RECREATE);
    }

    private static PromotionSettings promotion(EnvironmentDefinition definition) {
        List<FreezeWindows.Window> freeze =
                definition.getFreeze().stream().map(FreezeDefinition::settings).toList();
        return new PromotionSettings(Optional.ofNullable(definition.getBackup()), new FreezeWindows(freeze));
    }
}
