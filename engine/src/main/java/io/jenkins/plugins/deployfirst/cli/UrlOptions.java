package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.health.GateTiming;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options of {@code health --url}: what the answer must look like, and how often it is asked for. */
final class UrlOptions {
    /** How the engine names a setting at the start of its messages. */
    private static final Pattern SETTING = Pattern.compile("^health\\.([A-Za-z]+):");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Ask this address, from here, instead of an environment.")
    private String url;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Statuses that pass, such as 2xx,301; default 200.")
    private String status = HttpCheck.DEFAULT_STATUS;

    @Option(names = "--contains", paramLabel = "TEXT", description = "Text that the body must contain.")
    private String contains = "";

    @Option(names = "--matches", paramLabel = "REGEX", description = "What must be found in the body.")
    private String matches = "";

    @Option(names = "--json-pointer", paramLabel = "POINTER", description = "A field of the JSON body, such as /db/up.")
    private String jsonPointer = "";

    @Option(names = "--json-equals", paramLabel = "TEXT", description = "What that field must be; without it, true.")
    private String jsonEquals = "";

    @Option(names = "--certificate-days", paramLabel = "DAYS", description = "The certificate must last this long yet.")
    private int certificateDays;

    @Option(names = "--max-latency", paramLabel = "TIME", description = "The answer must have come by then.")
    private String maxLatency = "0";

    @Option(names = "--attempts", paramLabel = "N", description = "How often it is asked; default 3.")
    private int attempts = GateTiming.DEFAULTS.attempts();

    @Option(names = "--interval", paramLabel = "TIME", description = "Between attempts; default 5s.")
    private String interval = "5s";

    @Option(names = "--timeout", paramLabel = "TIME", description = "For one attempt; default 10s.")
    private String timeout = "10s";

    @Option(
            names = "--start-period",
            paramLabel = "TIME",
            description = "How long a starting service may fail without that counting; default 0.")
    private String startPeriod = "0";

    HttpCheck check() {
        if (url == null) {
            throw DeployFirstException.usage(
                    "health: neither an environment nor a URL is given.", "Name an environment, or give --url URL.");
        }
        if (!jsonEquals.isEmpty() && jsonPointer.isEmpty()) {
            throw DeployFirstException.usage("--json-equals: needs a field.", "Name it with --json-pointer.");
        }
        return named(() -> new HttpCheck(
                HttpCheck.url(url),
                Map.of(),
                status,
                contains,
                matches,
                jsonPointer,
                jsonEquals,
                certificateDays,
                DurationText.parse("--max-latency", maxLatency)));
    }

    GateTiming timing() {
        return named(() -> new GateTiming(
                DurationText.parse("--start-period", startPeriod),
                attempts,
                DurationText.parse("--interval", interval),
                DurationText.parse("--timeout", timeout)));
    }

    /** Returns what the engine makes of the options, its refusal naming the option instead of the setting. */
    private static <T> T named(Supplier<T> engineValue) {
        try {
            return engineValue.get();
        } catch (DeployFirstException refusal) {
            String message = SETTING.matcher(refusal.getMessage())
                    .replaceFirst(setting ->
                            "--" + setting.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + ":");
            throw new DeployFirstException(refusal.outcome(), message, "", refusal);
        }
    }

    /** Refuses options that would have no effect, because an environment brings its own. */
    void requireNone() {
        ParseResult given = command.commandLine().getParseResult();
        for (OptionSpec option : given.matchedOptionsSet()) {
            if (option.userObject() instanceof Field field && field.getDeclaringClass() == UrlOptions.class) {
                throw DeployFirstException.usage(
                        option.longestName() + ": does not go with an environment, whose health: settings count.",
                        "Leave out one of them.");
            }
        }
    }
}
