package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.health.CommandProbe;
import io.jenkins.plugins.deployfirst.engine.health.ContainerProbe;
import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.health.HealthGate;
import io.jenkins.plugins.deployfirst.engine.health.HostHttpProbe;
import io.jenkins.plugins.deployfirst.engine.health.HttpProbe;
import io.jenkins.plugins.deployfirst.engine.health.LogProbe;
import io.jenkins.plugins.deployfirst.engine.health.Probe;
import java.util.ArrayList;
import java.util.List;

/** An environment's health gate: what its settings ask for, asked from where they say. */
record Gate(List<Probe> probes, HealthSettings settings, FlowContext context) {
    /** Returns the gate as it is asked at any time: of logs, what was written since a container's last start counts. */
    static Gate of(Environment environment, FlowContext context, EnvironmentShell shell, HostState state) {
        return of(environment, context, shell, state, "");
    }

    /** Returns the gate after a change: of logs, what was written since then counts, by the time of Docker's machine. */
    static Gate of(
            Environment environment, FlowContext context, EnvironmentShell shell, HostState state, String since) {
        HealthSettings settings = environment.health();
        List<Probe> probes = new ArrayList<>();
        settings.http()
                .ifPresent(check -> probes.add(
                        settings.httpFromHost()
                                ? new HostHttpProbe(shell.shell(), check)
                                : new HttpProbe(context.http(), check)));
        if (!settings.containers().isEmpty()) {
            probes.add(new ContainerProbe(shell.shell(), projectOf(environment, state), settings.containers()));
        }
        settings.command()
                .ifPresent(command -> probes.add(new CommandProbe(shell.shell(), environment.directory(), command)));
        settings.logs()
                .ifPresent(
                        check -> probes.add(new LogProbe(shell.shell(), projectOf(environment, state), check, since)));
        return new Gate(List.copyOf(probes), settings, context);
    }

    /** The project's name as configured, or as the containers' labels tell it, or as compose derives it. */
    private static String projectOf(Environment environment, HostState state) {
        return environment
                .compose()
                .project()
                .orElseGet(() -> state.containersOf(environment).stream()
                        .map(Container::project)
                        .findFirst()
                        .orElseGet(() -> environment
                                .directory()
                                .substring(environment.directory().lastIndexOf('/') + 1)
                                .toLowerCase(java.util.Locale.ROOT)
                                .replaceAll("[^a-z0-9_-]", "")));
    }

    GateResult await() throws InterruptedException {
        if (probes.isEmpty()) {
            context.progress().info("No health check is configured; set health.url to have one.");
        }
        return new HealthGate().await(probes, settings.timing(), context.progress());
    }

    GateResult once() throws InterruptedException {
        return new HealthGate().once(probes, settings.timing().timeout());
    }

    /** Returns why a gate was not passed, in one line. */
    static String reason(GateResult result) {
        return result.attempts().isEmpty() ? "not healthy" : result.problem();
    }
}
