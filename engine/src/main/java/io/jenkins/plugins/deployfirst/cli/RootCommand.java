package io.jenkins.plugins.deployfirst.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code deploy-first}: the options that every command takes. */
@Command(
        name = "deploy-first",
        description = "Puts a commit live at once, watches its CI, and takes the host back when CI fails.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed before anything that runs was changed",
            "2:the request or the configuration is wrong",
            "3:failed and rolled back; the environment is healthy on the rollback point",
            "4:a person is needed: the rollback failed, or there was nothing to roll back to",
            "5:CI gave no verdict; the release stays live, not validated",
            "6:the environment is locked by someone else for longer than lockTimeout"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  deploy-first run preprod --sha $(git rev-parse HEAD)",
            "  deploy-first --config /etc/environments.yml status",
            "  deploy-first rollback preprod --json"
        })
final class RootCommand {
    static final String DEFAULT_CONFIG = "environments.yml";
    static final String CONFIG_VARIABLE = "DEPLOY_FIRST_CONFIG";

    private final Surroundings surroundings;

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The environment file. Default: the variable DEPLOY_FIRST_CONFIG, or environments.yml.")
    private String config;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print exactly one JSON object on standard output.")
    private boolean json;

    RootCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Session session() {
        String name = Optional.ofNullable(config)
                .or(() -> Optional.ofNullable(surroundings.variables().get(CONFIG_VARIABLE)))
                .filter(text -> !text.isBlank())
                .orElse(DEFAULT_CONFIG);
        return new Session(surroundings, name);
    }

    Reporter reporter() {
        return surroundings.reporter(json);
    }
}
