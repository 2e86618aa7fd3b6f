package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.command.Rolling;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Replaces the containers of one service after the other while the old ones serve: new ones start beside them, and only
 * when those are healthy the old ones are taken out of service, stopped and removed.
 *
 * <p>What is to be done follows from the containers that are there, never from what was begun: run again after a cut, or
 * towards another release, it goes on from there, and takes away what is too many.
 */
final class RollingUpdate {
    private final Environment environment;
    private final RollingSettings settings;
    private final EnvironmentShell shell;
    private final PhaseLog phases;
    private final List<Container> containers;
    private final Compose compose;
    private Map<String, ServiceDefinition> definitions = Map.of();
    private List<RollingStep> steps = List.of();
    private List<Instance> before = List.of();

    /**
     * Prepares one.
     *
     * @param compose as it is run for the release
     * @param containers the environment's own, as they are now
     */
    RollingUpdate(
            Environment environment,
            EnvironmentShell shell,
            PhaseLog phases,
            Compose compose,
            List<Container> containers) {
        this.environment = environment;
        this.settings = environment.rolling().orElseThrow();
        this.shell = shell;
        this.phases = phases;
        this.containers = containers;
        this.compose = compose;
    }

    /** Finds out which services have to change, in the order in which they depend on each other. */
    RollingUpdate look(ComposeInfo info) throws InterruptedException {
        List<String> ids = containers.stream().map(Container::id).toList();
        ScriptResult found = shell.run("rolling plan", Rolling.look(compose, environment.directory(), ids));
        definitions = ServiceDefinition.parse(found.value(Rolling.CONFIG));
        before = Instance.parseAll(found.value(Rolling.INSTANCES));
        Map<String, String> hashes = new HashMap<>();
        found.value(Rolling.HASHES)
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2)
                .forEach(words -> hashes.put(words[0], words[1]));
        steps = info.startOrder().stream()
                .flatMap(group -> group.stream().sorted())
                .filter(definitions::containsKey)
                .map(service -> RollingStep.of(
                        service, definitions.get(service).scale(), hashes.getOrDefault(service, ""), before))
                .filter(step -> !step.isDone())
                .toList();
        return this;
    }

    /** Returns whether there is a container to be replaced while it serves. */
    boolean isNeeded() {
        return steps.stream().anyMatch(this::rolls);
    }

    private boolean rolls(RollingStep step) {
        return step.serves()
                && step.scale() > 0
                && (settings.services().isEmpty() || settings.services().contains(step.service()));
    }

    /**
     * Refuses what cannot be done without stopping a container first.
     *
     * @throws DeployFirstException (FAILED_UNCHANGED) naming each such service, why, and what to do
     */
    void refuseWhatCannotBe() throws InterruptedException {
        List<String> unknown = settings.services().stream()
                .filter(service -> !definitions.containsKey(service))
                .toList();
        if (!unknown.isEmpty()) {
            throw DeployFirstException.unchanged(
                    "rolling.services: the compose files define no service " + String.join(", ", unknown) + ".",
                    "They define " + String.join(", ", definitions.keySet()) + ".");
        }
        List<String> obstacles = new ArrayList<>();
        for (RollingStep step : steps) {
            List<String> reasons = rolls(step) ? obstacles(step.service()) : List.of();
            if (!reasons.isEmpty() && isChange(step)) {
                obstacles.add(step.service() + " (" + String.join("; ", reasons) + ")");
            }
        }
        if (!obstacles.isEmpty()) {
            throw DeployFirstException.unchanged(
                    "strategy: rolling cannot run old and new containers side by side of "
                            + String.join(", ", obstacles) + ".",
                    "Change that in the compose file, or name in rolling.services the services that can be rolled;"
                            + " compose recreates the others, and those named may share what they write to.");
        }
    }

    private List<String> obstacles(String service) {
        ServiceDefinition definition = definitions.get(service);
        boolean named = settings.services().contains(service);
        return Stream.concat(
                        definition.onlyOnce().stream(),
                        definition.written().stream()
                                .filter(volume -> !named)
                                .map(volume -> "both would write to " + volume))
                .toList();
    }

    /**
     * The hash that version 2 tells beforehand is not always the one that it gives to containers, so where that matters
     * it makes one, which is not started.
     *
     * @see <a href="https://github.com/docker/compose/issues/14001">docker/compose issue 14001</a>
     */
    private boolean isChange(RollingStep step) throws InterruptedException {
        if (definitions.get(step.service()).isNamed() || step.missing() == 0) {
            return true;
        }
        RollingStep made = make(step);
        retire(made.fresh().stream()
                .filter(instance -> !step.all().contains(instance))
                .toList());
        return !made.stale().isEmpty();
    }

    /** Replaces what has to be. Returns what the containers ran before. */
    ContainerImages run() throws InterruptedException {
        for (RollingStep step : steps) {
            String service = step.service();
            if (rolls(step) && definitions.get(service).onlyOnce().isEmpty()) {
                phases.phase("roll " + service, () -> {
                    roll(step);
                    return null;
                });
            } else {
                phases.phase("up " + service, () -> {
                    shell.run("compose up", Rolling.recreate(compose, environment.directory(), service));
                    return null;
                });
            }
        }
        return ContainerImages.of(
                containers,
                before.stream()
                        .map(instance -> instance.id() + "|" + instance.image() + "|" + instance.imageName())
                        .collect(Collectors.joining("\n")));
    }

    private void roll(RollingStep planned) throws InterruptedException {
        RollingStep step = planned.missing() > 0 ? make(planned) : planned;
        List<Instance> staying = step.staying();
        boolean othersServe = step.going().stream().anyMatch(Instance::isUp);
        List<Instance> removable = staying.stream()
                .filter(instance -> othersServe || !planned.all().contains(instance))
                .toList();
        phases.progress()
                .info(step.service() + ": " + staying.size() + " new beside "
                        + step.going().stream().filter(Instance::isUp).count() + " old.");
        shell.run("start " + step.service(), Rolling.start(ids(staying), ids(removable)));
        if (!step.going().isEmpty()) {
            phases.progress().info(step.service() + ": the new are healthy; the old go.");
        }
        retire(step.going());
    }

    /** Makes the containers that are missing. What compose made last is what the others are measured by. */
    private RollingStep make(RollingStep step) throws InterruptedException {
        String project = containers.stream()
                .filter(container -> container.service().equals(step.service()))
                .map(Container::project)
                .findFirst()
                .orElseThrow();
        int count = step.all().size() + step.missing();
        String script = Rolling.create(compose, environment.directory(), project, step.service(), count);
        List<Instance> now =
                Instance.parseAll(shell.run("create " + step.service(), script).value(Rolling.INSTANCES));
        List<String> known = ids(step.all());
        String hash = now.stream()
                .filter(instance -> !known.contains(instance.id()))
                .map(Instance::hash)
                .findFirst()
                .orElse("");
        return RollingStep.of(step.service(), step.scale(), hash, now);
    }

    private void retire(List<Instance> going) throws InterruptedException {
        if (going.isEmpty()) {
            return;
        }
        Map<Boolean, List<Instance>> byState = going.stream().collect(Collectors.partitioningBy(Instance::isUp));
        shell.run(
                "retire",
                Rolling.retire(
                        ids(byState.get(true)), ids(byState.get(false)), settings.drainCommand(), settings.drain()),
                environment.commandTimeout().plus(settings.drain()));
    }

    private static List<String> ids(List<Instance> instances) {
        return instances.stream().map(Instance::id).toList();
    }
}
