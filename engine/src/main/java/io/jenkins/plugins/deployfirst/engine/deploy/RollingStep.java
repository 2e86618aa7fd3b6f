package io.jenkins.plugins.deployfirst.engine.deploy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a rolling update does with one service: which of its containers stay, which go, and how many are made.
 *
 * @param scale how many containers it shall have
 * @param fresh containers that are as the compose files say, those that run first
 * @param stale all others; after an update that was cut off, those of several releases
 */
record RollingStep(String service, int scale, List<Instance> fresh, List<Instance> stale) {
    static RollingStep of(String service, int scale, String hash, List<Instance> all) {
        List<Instance> fresh = new ArrayList<>();
        List<Instance> stale = new ArrayList<>();
        all.stream()
                .filter(instance -> instance.service().equals(service))
                .forEach(instance -> (instance.isOf(hash) ? fresh : stale).add(instance));
        fresh.sort(Comparator.comparing(instance -> !instance.isUp()));
        return new RollingStep(service, scale, List.copyOf(fresh), List.copyOf(stale));
    }

    /** Returns whether everything is as it should be. */
    boolean isDone() {
        return stale.isEmpty() && fresh.size() == scale && fresh.stream().allMatch(Instance::isUp);
    }

    /** Returns whether a container serves that must not be stopped before another one does. */
    boolean serves() {
        return all().stream().anyMatch(Instance::isUp);
    }

    List<Instance> all() {
        List<Instance> all = new ArrayList<>(fresh);
        all.addAll(stale);
        return all;
    }

    int missing() {
        return Math.max(0, scale - fresh.size());
    }

    /** Returns the containers that are to serve. */
    List<Instance> staying() {
        return fresh.subList(0, Math.min(scale, fresh.size()));
    }

    /** Returns the containers that are taken away once the others serve. */
    List<Instance> going() {
        List<Instance> going = new ArrayList<>(stale);
        going.addAll(fresh.subList(staying().size(), fresh.size()));
        return going;
    }
}
