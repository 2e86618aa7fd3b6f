package io.jenkins.plugins.deployfirst.engine.host;

import java.util.Map;
import java.util.Optional;

/** Which host an environment lives on. */
public sealed interface HostSettings {
    /** Names the host for people, such as {@code deploy@preprod.example.com:22} or {@code local}. */
    String describe();

    /**
     * The machine that the engine itself runs on.
     *
     * @param docker environment variables for its commands that say which Docker and whose configuration is used
     */
    record Local(Map<String, String> docker) implements HostSettings {
        public Local {
            docker = Map.copyOf(docker);
        }

        public Local() {
            this(Map.of());
        }

        @Override
        public String describe() {
            return "local";
        }
    }

    /**
     * A host over SSH.
     *
     * @param endpoint where it listens and as whom to log in
     * @param login what proves who we are
     * @param hostKeys what proves who the host is
     * @param jump the host to go through first, with a login and host keys of its own
     */
    record Ssh(Endpoint endpoint, SshLogin login, HostKeys hostKeys, Optional<Ssh> jump) implements HostSettings {
        @Override
        public String describe() {
            return endpoint.toString();
        }
    }
}
