package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.Attempt;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code health}: asks whether an environment, or any URL, is healthy. */
@Command(
        name = "health",
        customSynopsis = {
            "deploy-first health [--config=FILE] [--json] ENV",
            "       deploy-first health --url=URL [--json] [OPTIONS]"
        },
        description = "Asks an environment, or any URL, whether it is healthy: exits 0 when it is, 1 when not.",
        footer = {
            "  deploy-first health preprod",
            "  deploy-first health --url https://preprod.example.com/ --contains Welcome",
            "  deploy-first health --url http://localhost:8080/ --attempts 30 --interval 1s",
            "  deploy-first health --url http://localhost:8080/status --json-pointer /db --json-equals up"
        })
final class HealthCommand extends Task {
    @Parameters(paramLabel = "ENV", arity = "0..1", description = "The environment's name.")
    private String environment;

    @Mixin
    private UrlOptions url;

    @Override
    Answer answer(Session session) throws InterruptedException {
        if (environment == null) {
            HttpCheck check = url.check();
            GateResult gate = session.engine().gate(check, url.timing(), session.http(), session.progress());
            return answer("url", check.describe(), gate);
        }
        url.requireNone();
        return answer(
                "environment",
                environment,
                session.toLook(session.file().environment(environment)).health());
    }

    private static Answer answer(String kind, String name, GateResult gate) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(kind, name);
        map.put("healthy", gate.healthy());
        map.put("attempts", gate.attempts().stream().map(HealthCommand::map).toList());
        String said = gate.attempts().isEmpty()
                ? name + ": no health check is configured."
                : Results.attempts(gate.attempts());
        return gate.healthy()
                ? new Answer(Outcome.DONE, map, said, "")
                : new Answer(Outcome.FAILED_UNCHANGED, map, said, name + " is not healthy: " + why(gate.attempts()));
    }

    private static String why(List<Attempt> attempts) {
        List<Attempt> failed = new ArrayList<>(attempts);
        failed.removeIf(Attempt::healthy);
        return failed.isEmpty() ? "no answer." : failed.get(failed.size() - 1).message();
    }

    private static Map<String, Object> map(Attempt attempt) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("probe", attempt.probe());
        map.put("starting", attempt.starting());
        map.put("healthy", attempt.healthy());
        map.put("status", attempt.status());
        map.put("latencyMillis", attempt.latencyMillis());
        map.put("message", attempt.message());
        return map;
    }

    @Override
    boolean changesSomething() {
        return false;
    }
}
