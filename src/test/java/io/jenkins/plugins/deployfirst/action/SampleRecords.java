package io.jenkins.plugins.deployfirst.action;

import io.jenkins.plugins.deployfirst.action.DeploymentRecord.Kind;
import java.util.List;
import java.util.Map;

/** Records as steps make them, for tests. */
final class SampleRecords {
    static final String OLD = "1111111111111111111111111111111111111111";
    static final String NEW = "2222222222222222222222222222222222222222";

    private SampleRecords() {}

    static DeploymentRecord deployed() {
        return DeploymentRecord.of(
                Kind.DEPLOY,
                "DONE",
                Map.of(
                        "environment",
                        "preprod",
                        "sha",
                        NEW,
                        "previousSha",
                        OLD,
                        "lastValidatedSha",
                        OLD,
                        "healthy",
                        true,
                        "durationMillis",
                        1900,
                        "phases",
                        List.of(phase("connect", 62), phase("fetch", 310), phase("restart", 940), phase("gate", 588))),
                "");
    }

    static DeploymentRecord rolledBackByCi(String checkName, String url) {
        return watched(
                "ROLLED_BACK",
                "FAILURE",
                OLD,
                "CI failed: " + checkName + " (failure).",
                check(checkName, url, "FAILED"));
    }

    static DeploymentRecord validated() {
        return watched("DONE", "SUCCESS", "", "", check("build", "https://github.com/owner/app/runs/1", "SUCCEEDED"));
    }

    private static DeploymentRecord watched(
            String outcome, String verdict, String rolledBackTo, String error, Map<String, Object> check) {
        return DeploymentRecord.of(
                Kind.WATCH,
                outcome,
                Map.of(
                        "environment",
                        "preprod",
                        "verdict",
                        verdict,
                        "sha",
                        NEW,
                        "rolledBackTo",
                        rolledBackTo,
                        "durationMillis",
                        94_000,
                        "checks",
                        List.of(check)),
                error);
    }

    private static Map<String, Object> check(String name, String url, String state) {
        return Map.of(
                "name", name, "state", state, "conclusion", state.equals("FAILED") ? "failure" : "success", "url", url);
    }

    private static Map<String, Object> phase(String name, long millis) {
        return Map.of("name", name, "durationMillis", millis);
    }
}
