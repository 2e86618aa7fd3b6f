package io.jenkins.plugins.deployfirst.engine.testing;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets a test class run only where a real host can be had, and says so where it cannot. With
 * {@code DEPLOY_FIRST_REQUIRE_HOST=1}, as in CI, what is missing is a failure; with {@code DEPLOY_FIRST_NO_HOST=1} none of
 * them runs.
 */
public final class RealHost implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("asked once, for the class");
        }
        if ("1".equals(System.getenv("DEPLOY_FIRST_NO_HOST"))) {
            return ConditionEvaluationResult.disabled("DEPLOY_FIRST_NO_HOST=1 leaves it out.");
        }
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("there is a real host");
        }
        String message = "Not run: " + context.getDisplayName() + " needs " + String.join(", ", missing) + ".";
        if ("1".equals(System.getenv("DEPLOY_FIRST_REQUIRE_HOST"))) {
            throw new IllegalStateException(message);
        }
        System.out.println(message);
        return ConditionEvaluationResult.disabled(message);
    }

    /** Returns what this machine lacks. */
    public static List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!Tool.works("git", "--version")) {
            missing.add("git");
        }
        if (!Tool.works("sh", "-c", "command -v ssh-keygen && PATH=$PATH:/usr/sbin command -v sshd")) {
            missing.add("openssh-server");
        }
        if (!Tool.works("docker", "ps")) {
            missing.add("a running Docker daemon");
        }
        if (!Tool.works("docker-compose", "version") && !Tool.works("docker", "compose", "version")) {
            missing.add("docker compose");
        }
        if (!Tool.works("sh", "-c", "command -v busybox && ! ldd $(command -v busybox)")) {
            missing.add("a static busybox");
        }
        if (!Tool.works("docker-registry", "--version")) {
            missing.add("docker-registry");
        }
        for (String proxy : List.of("haproxy", "nginx")) {
            if (!Tool.works("sh", "-c", "PATH=$PATH:/usr/sbin command -v " + proxy)) {
                missing.add(proxy);
            }
        }
        return missing;
    }
}
