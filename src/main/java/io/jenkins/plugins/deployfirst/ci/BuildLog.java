package io.jenkins.plugins.deployfirst.ci;

import hudson.EnvVars;
import hudson.console.AnnotatedLargeText;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.engine.ci.LogText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the end of a build's log. What was masked when the log was written stays masked; the build's secret parameters are
 * masked here.
 */
final class BuildLog {
    private static final long END = 64 * 1024;
    private static final Pattern STEPS = Pattern.compile("^\\[Pipeline].*\\R?", Pattern.MULTILINE);

    private BuildLog() {}

    /** Returns at most 30 lines, without those that only say which step of a pipeline begins and ends. */
    static List<String> lastLines(Run<?, ?> run) throws IOException {
        AnnotatedLargeText<?> text = run.getLogText();
        long start = Math.max(0, text.length() - END);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        text.writeLogTo(start, read);
        String end = read.toString(run.getCharset());
        String lines = start == 0 ? end : end.substring(end.indexOf('\n') + 1);
        return LogText.lastLines(STEPS.matcher(lines).replaceAll(""), log -> masked(log, run));
    }

    private static String masked(String log, Run<?, ?> run) {
        return run.getActions(ParametersAction.class).stream()
                .flatMap(parameters -> parameters.getAllParameters().stream())
                .filter(ParameterValue::isSensitive)
                .flatMap(parameter -> values(parameter, run))
                .reduce(log, (text, secret) -> text.replace(secret, "****"));
    }

    private static Stream<String> values(ParameterValue parameter, Run<?, ?> run) {
        EnvVars variables = new EnvVars();
        parameter.buildEnvironment(run, variables);
        return variables.values().stream().filter(value -> !value.isBlank());
    }
}
