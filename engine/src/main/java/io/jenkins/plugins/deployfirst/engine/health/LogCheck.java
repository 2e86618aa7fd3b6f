package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.ServiceName;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the containers of compose services must not have logged.
 *
 * @param services whose logs are read; empty: those of all
 * @param absent an extended regular expression, as {@code grep -E} takes it, that no line may match
 */
public record LogCheck(List<String> services, String absent) {
    /** What people know from other dialects, and {@code grep -E} takes for something else without a word. */
    private static final Pattern FOREIGN = Pattern.compile("\\\\[dDAzZpPQE]|\\(\\?|[*+?}]\\+");

    public LogCheck {
        services = List.copyOf(services);
        ServiceName.require("health.logs.services", services);
        try {
            Pattern.compile(absent);
        } catch (PatternSyntaxException e) {
            throw refused(absent, "is not a regular expression: " + OneLine.of(e.getDescription(), 100));
        }
        if (absent.isBlank() || FOREIGN.matcher(absent).find() || absent.chars().anyMatch(Character::isISOControl)) {
            throw refused(absent, "is not an extended regular expression");
        }
    }

    private static DeployFirstException refused(String absent, String problem) {
        return DeployFirstException.usage(
                "health.logs.absent: \"" + OneLine.of(absent, 100) + "\" " + problem + ".",
                "Write one as grep -E takes it, such as ERROR|Traceback; [0-9] stands for a digit.");
    }
}
