package io.jenkins.plugins.deployfirst.engine.testing;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets a test class run only where the machine has what it needs, and says so where it has not. With
 * {@code DEPLOY_FIRST_REQUIRE_HOST=1}, as in CI, what is missing is a failure; with {@code DEPLOY_FIRST_NO_HOST=1} none of
 * them runs.
 */
public abstract class Requirement implements ExecutionCondition {
    /** Returns what this machine lacks, for people; empty when it has everything. */
    protected abstract List<String> lacks();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("asked once, for the class");
        }
        if ("1".equals(System.getenv("DEPLOY_FIRST_NO_HOST"))) {
            return ConditionEvaluationResult.disabled("DEPLOY_FIRST_NO_HOST=1 leaves it out.");
        }
        List<String> missing = lacks();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("it has what the tests need");
        }
        String message = "Not run: " + context.getDisplayName() + " needs " + String.join(", ", missing) + ".";
        if ("1".equals(System.getenv("DEPLOY_FIRST_REQUIRE_HOST"))) {
            throw new IllegalStateException(message);
        }
        System.out.println(message);
        return ConditionEvaluationResult.disabled(message);
    }
}
