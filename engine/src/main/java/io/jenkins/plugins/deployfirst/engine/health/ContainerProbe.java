package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.command.Probes;
import io.jenkins.plugins.deployfirst.engine.host.HostShell;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks Docker whether the containers of compose services run, and are healthy where they have a health check. */
public final class ContainerProbe implements Probe {
    private static final int SHOWN = 160;

    private final HostShell shell;
    private final String project;
    private final List<String> services;

    /**
     * Creates a probe.
     *
     * @param project the compose project's name
     * @param services all of their containers must be well, and each service must have one
     */
    public ContainerProbe(HostShell shell, String project, List<String> services) {
        this.shell = shell;
        this.project = project;
        this.services = List.copyOf(services);
    }

    @Override
    public ProbeResult probe(Duration timeout) throws InterruptedException {
        ScriptResult result = shell.run("health", Probes.containers(project), timeout);
        if (result.exitStatus() == HostShell.DEADLINE_PASSED) {
            return new ProbeResult(false, "", "docker did not answer within " + DurationText.format(timeout));
        }
        if (!result.succeeded()) {
            return new ProbeResult(false, "", "docker failed: " + OneLine.of(result.tail(), SHOWN));
        }
        List<Container> containers = result.value(Probes.CONTAINERS)
                .lines()
                .flatMap(Container::parse)
                .toList();
        List<Container> unwell = services.stream()
                .flatMap(service -> unwell(service, containers))
                .toList();
        return unwell.isEmpty()
                ? new ProbeResult(true, "running", "")
                : new ProbeResult(
                        false,
                        unwell.get(0).condition(),
                        unwell.stream().map(Container::problem).distinct().collect(Collectors.joining(", ")));
    }

    @Override
    public String describe() {
        return (services.size() == 1 ? "container " : "containers ") + String.join(", ", services);
    }

    private static Stream<Container> unwell(String service, List<Container> containers) {
        List<Container> own = containers.stream()
                .filter(container -> container.service().equals(service))
                .toList();
        return own.isEmpty()
                ? Stream.of(Container.missing(service))
                : own.stream().filter(container -> !container.isWell());
    }

    private record Container(String service, String state, String health, String exitStatus) {
        static Stream<Container> parse(String line) {
            String[] words = line.strip().split(" +");
            return words.length == 4
                    ? Stream.of(new Container(words[0], words[1], words[2], words[3]))
                    : Stream.empty();
        }

        static Container missing(String service) {
            return new Container(service, "missing", "-", "0");
        }

        boolean isWell() {
            return state.equals("running") && List.of("-", "none", "healthy").contains(health);
        }

        String condition() {
            return state.equals("running") ? health : state;
        }

        String problem() {
            return switch (state) {
                case "missing" -> service + " has no container";
                case "exited", "dead", "restarting" -> service + " is " + state + " (exit status " + exitStatus + ")";
                default -> service + " is " + condition();
            };
        }
    }
}
