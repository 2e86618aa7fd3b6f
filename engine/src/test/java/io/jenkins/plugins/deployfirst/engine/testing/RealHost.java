package io.jenkins.plugins.deployfirst.engine.testing;

import java.util.ArrayList;
import java.util.List;

/** Lets a test class run only where a real host can be had: sshd, Docker, and what tests put beside them. */
public final class RealHost extends Requirement {
    @Override
    protected List<String> lacks() {
        return missing();
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
