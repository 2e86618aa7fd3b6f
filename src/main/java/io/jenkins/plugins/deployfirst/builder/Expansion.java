package io.jenkins.plugins.deployfirst.builder;

import hudson.EnvVars;
import hudson.model.TaskListener;
import io.jenkins.plugins.deployfirst.steps.BlockingStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;

/**
 * Fills a build's variables into the texts of a step, as Freestyle jobs do. Texts of sections below it stay as they are:
 * commands in them are for the host, and so are the variables that these name.
 */
final class Expansion {
    private Expansion() {}

    /** Returns the step with the variables filled in; one that is not known stays as it is written. */
    static <S extends BlockingStep> S of(S step, EnvVars variables, TaskListener listener) {
        DescribableModel<S> model = modelOf(step);
        Map<String, Object> arguments =
                new LinkedHashMap<>(model.uninstantiate2(step).getArguments());
        arguments.replaceAll((name, value) -> expand(value, variables));
        return instantiate(model, arguments, listener);
    }

    @SuppressWarnings("unchecked") // The class of an S is that of some S.
    private static <S extends BlockingStep> DescribableModel<S> modelOf(S step) {
        return DescribableModel.of((Class<S>) step.getClass());
    }

    private static <S> S instantiate(DescribableModel<S> model, Map<String, Object> arguments, TaskListener listener) {
        try {
            return model.instantiate(arguments, listener);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object expand(Object value, EnvVars variables) {
        if (value instanceof List<?> list) {
            return list.stream().map(element -> expand(element, variables)).toList();
        }
        return value instanceof String text ? variables.expand(text) : value;
    }
}
