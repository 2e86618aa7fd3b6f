package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            ScriptResult closer = shell.lookCloser(state.live().sha(), validated.sha(), named(state, validated));
            String holder = closer.value("locked");
            ReleaseComparison comparison = ReleaseComparison.of(closer);
            return new StatusResult(
                    environment.name(),
                    Commit.of(state.live()),
                    state.live().tag(),
                    state.journal()
                            .arrivalOf(state.live().sha(), state.live().tag())
                            .map(entry -> entry.get("time"))
                            .orElse(""),
                    comparison.commit(validated),
                    validated.tag(),
                    comparison.ahead(),
                    comparison.behind(),
                    holder.isEmpty() && state.journal().interrupted().isPresent(),
                    holder,
                    health,
                    state.journal().tail(),
                    comparison.commits());
        }
    }

    /** Returns the SHAs of all releases that the answer names, each once. */
    private static Set<String> named(HostState state, Release validated) {
        return Stream.concat(
                        Stream.of(state.live().sha(), validated.sha()),
                        state.journal().tail().stream()
                                .flatMap(entry -> Stream.of(entry.sha(), entry.get("previousSha"))))
                .filter(Release::isFullSha)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String health(Gate gate) throws InterruptedException {
        if (gate.probes().isEmpty()) {
            return StatusResult.NOT_CONFIGURED;
        }
        GateResult health = gate.once();
        return health.healthy() ? StatusResult.HEALTHY : StatusResult.UNHEALTHY + Gate.reason(health);
    }
}
