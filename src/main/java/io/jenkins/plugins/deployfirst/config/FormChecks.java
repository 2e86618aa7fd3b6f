package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.Optional;
import java.util.function.Consumer;

/** Has a form's values checked by the engine's own rules, so that every front end says the same. */
final class FormChecks {
    private FormChecks() {}

    /**
     * Runs a check.
     *
     * @param item the job or folder whose form it is; null in the global configuration
     * @param check throws {@link DeployFirstException} when the value is wrong
     * @return what is wrong; nothing for users who may not configure
     */
    static FormValidation of(@CheckForNull Item item, Runnable check) {
        if (!FormAccess.mayCheck(item)) {
            return FormValidation.ok();
        }
        try {
            check.run();
            return FormValidation.ok();
        } catch (DeployFirstException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Has a text checked by a rule, without the white space around it. */
    static FormValidation text(@CheckForNull Item item, @CheckForNull String value, Consumer<String> rule) {
        return of(item, () -> rule.accept(Util.fixNull(value).strip()));
    }

    /** Has a text checked by a rule, unless it is left out. */
    static FormValidation optional(@CheckForNull Item item, @CheckForNull String value, Consumer<String> rule) {
        return of(item, () -> Optional.ofNullable(Util.fixEmptyAndTrim(value)).ifPresent(rule));
    }

    static FormValidation duration(@CheckForNull Item item, String field, @CheckForNull String value) {
        return of(item, () -> Times.check(field, value));
    }

    static FormValidation positiveDuration(@CheckForNull Item item, String field, @CheckForNull String value) {
        return of(item, () -> Times.checkPositive(field, value));
    }
}
