package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;

/** Has the fields of a step's form checked by the engine's own rules. */
final class FieldChecks {
    private FieldChecks() {}

    /** Says what is wrong; nothing of what is left out, or is an expression of the pipeline, which is known only when it runs. */
    static FormValidation of(@CheckForNull Item item, @CheckForNull String value, Runnable rule) {
        if (!FlowStepDescriptor.mayRead(item) || Util.fixEmptyAndTrim(value) == null || value.contains("$")) {
            return FormValidation.ok();
        }
        try {
            rule.run();
            return FormValidation.ok();
        } catch (DeployFirstException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /**
     * Reads a whole number.
     *
     * @throws DeployFirstException (USAGE) when it is none
     */
    static int number(String field, String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw DeployFirstException.usage(field + ": is not a number.", "Write 3, say.");
        }
    }
}
