package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Takes the arguments apart, runs the command, and turns everything that can go wrong into one line and an exit code. */
final class Cli {
    /** The commands, in the order in which help lists them. */
    private static final Map<String, Class<?>> COMMANDS = commands();

    /** The names that picocli's standard options have for it. */
    private static final Set<String> VERSION = Set.of("-V", "--version");

    private final Surroundings surroundings;

    Cli(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs a command and returns the exit code. */
    int run(String... arguments) {
        RootCommand root = new RootCommand(surroundings);
        CommandLine line = new CommandLine(root);
        commandsFor(arguments).forEach((name, command) -> line.addSubcommand(name, command));
        line.setOut(new PrintWriter(surroundings.out(), true))
                .setErr(new PrintWriter(surroundings.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        surroundings.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(100);
        Reporter early = surroundings.reporter(asksForJson(arguments));
        line.setParameterExceptionHandler((refusal, ignored) -> early.report(Answer.failed(usage(refusal))));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failure(failure, command, early));
        try {
            return line.execute(arguments);
        } catch (Error bug) {
            return early.unexpected(bug, Outcome.PERSON_NEEDED);
        }
    }

    /**
     * Returns the commands whose names are among the arguments, or all when none is; none when only the version is asked.
     *
     * <p>Because picocli looks at every command that it is given, and all of them cost a cold start 0.2 s more than one.
     */
    private static Map<String, Class<?>> commandsFor(String... arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            return Map.of();
        }
        Map<String, Class<?>> named = new LinkedHashMap<>(COMMANDS);
        named.keySet().retainAll(Arrays.asList(arguments));
        return named.isEmpty() ? COMMANDS : named;
    }

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("deploy", DeployCommand.class);
        commands.put("compose", ComposeCommand.class);
        commands.put("watch", WatchCommand.class);
        commands.put("run", RunCommand.class);
        commands.put("health", HealthCommand.class);
        commands.put("rollback", RollbackCommand.class);
        commands.put("promote", PromoteCommand.class);
        commands.put("status", StatusCommand.class);
        commands.put("history", HistoryCommand.class);
        commands.put("demo", DemoCommand.class);
        return commands;
    }

    private static int failure(Exception failure, CommandLine command, Reporter reporter) {
        if (failure instanceof InterruptedException) {
            return reporter.interrupted();
        }
        if (failure instanceof DeployFirstException known) {
            return reporter.report(Answer.failed(known));
        }
        boolean changes = command.getCommand() instanceof Task task && task.changesSomething();
        return reporter.unexpected(failure, changes ? Outcome.PERSON_NEEDED : Outcome.FAILED_UNCHANGED);
    }

    private static DeployFirstException usage(ParameterException refusal) {
        CommandLine command = refusal.getCommandLine();
        String see = "See " + command.getCommandSpec().qualifiedName() + " --help.";
        // A misspelt option is the reason, and the option that is missing then only what follows from it.
        List<String> unknown = command.getUnmatchedArguments();
        if (!unknown.isEmpty()) {
            String first = unknown.get(0).replaceFirst("^(--[^=]*)=.*", "$1");
            return DeployFirstException.usage(
                    YamlValue.shown(first) + " is not known here.",
                    NearestName.suggestion(first, names(command)) + see);
        }
        String problem = Printable.oneLine(refusal.getMessage());
        return DeployFirstException.usage(problem.endsWith(".") ? problem : problem + ".", see);
    }

    private static List<String> names(CommandLine command) {
        List<String> names = new ArrayList<>(command.getSubcommands().keySet());
        command.getCommandSpec().options().forEach(option -> names.addAll(Arrays.asList(option.names())));
        return names;
    }

    /** Looks for the option by hand: this is for arguments that picocli could not take apart. */
    private static boolean asksForJson(String... arguments) {
        for (String argument : arguments) {
            if (argument.equals("--json") || argument.equals("--")) {
                return argument.equals("--json");
            }
        }
        return false;
    }
}
