package io.jenkins.plugins.deployfirst.ci;

import hudson.model.Actionable;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.support.actions.EnvironmentAction.IncludingOverrides;

/** The commits that a build, or what is queued to be one, was told by a parameter or has said in a variable of its pipeline. */
final class StatedCommits {
    /** The names that count when configuration gives none. */
    static final List<String> NAMES = List.of("SHA", "GIT_COMMIT");

    private static final Pattern FULL_SHA = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private StatedCommits() {}

    static boolean isSha(String text) {
        return FULL_SHA.matcher(text).matches();
    }

    /** Returns those under one of these names. */
    static Set<String> of(Actionable build, List<String> names) {
        return byName(build).entrySet().stream()
                .filter(stated -> names.contains(stated.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    /** Returns those under whatever name. */
    static Set<String> all(Actionable build) {
        return Set.copyOf(byName(build).values());
    }

    private static Map<String, String> byName(Actionable build) {
        Map<String, String> stated = new HashMap<>();
        for (ParametersAction parameters : build.getActions(ParametersAction.class)) {
            for (ParameterValue parameter : parameters.getAllParameters()) {
                put(stated, parameter.getName(), String.valueOf(parameter.getValue()));
            }
        }
        for (IncludingOverrides variables : build.getActions(IncludingOverrides.class)) {
            variables.getOverriddenEnvironment().forEach((name, value) -> put(stated, name, value));
        }
        return stated;
    }

    private static void put(Map<String, String> stated, String name, String value) {
        String sha = value.strip().toLowerCase(Locale.ROOT);
        if (isSha(sha)) {
            stated.put(name, sha);
        }
    }
}
