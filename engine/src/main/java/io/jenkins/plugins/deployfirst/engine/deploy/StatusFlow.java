package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;

/** Looks at an environment for people, and changes nothing; no deployment waits for what it asks. */
final class StatusFlow {
    private final Environment environment;
    private final FlowContext context;

    StatusFlow(Environment environment, FlowContext context) {
        this.environment = environment;
        this.context = context;
    }

    StatusResult run(int entries) throws InterruptedException {
        try (EnvironmentShell shell = EnvironmentShell.open(environment, context)) {
            HostState state = shell.look(entries);
            String health = health(Gate.of(environment, context, shell, state));
            Release validated = state.lastValidated()
                    .map(sha -> Release.of(sha, state.journal().tail()))
                    .orElse(Release.of(""));
            ScriptResult closer = shell.lookCloser(state.live().sha(), validated.sha());
            String holder = closer.value("locked");
            ReleaseComparison comparison = ReleaseComparison.of(validated.sha(), closer);
            return new StatusResult(
                    environment.name(),
                    Commit.of(state.live()),
                    state.live().tag(),
                    state.journal()
                            .arrivalOf(state.live().sha(), state.live().tag())
                            .map(entry -> entry.get("time"))
                            .orElse(""),
                    comparison.validated(),
                    validated.tag(),
                    comparison.ahead(),
                    comparison.behind(),
                    holder.isEmpty() && state.journal().interrupted().isPresent(),
                    holder,
                    health,
                    state.journal().tail());
        }
    }

    private static String health(Gate gate) throws InterruptedException {
        if (gate.probes().isEmpty()) {
            return StatusResult.NOT_CONFIGURED;
        }
        GateResult health = gate.once();
        return health.healthy() ? StatusResult.HEALTHY : StatusResult.UNHEALTHY + Gate.reason(health);
    }
}
