package io.jenkins.plugins.deployfirst.engine.host;

import java.util.Map;
import java.util.Optional;

/** Which host an environment lives on. */
public sealed interface HostSettings {
    /** Names the host for people, such as {@code deploy@preprod.example.com:22} or {@code local}. */
    String describe();

    /** Takes out of a text what is not to be seen of the host's address; see {@link Ssh#maskAddress()}. */
    default String mask(String text) {
        return text;
    }

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
     * @param maskAddress whether the host and the user are as secret as the login: no message names them, and where the
     *     host's own output does, it is masked
     */
    record Ssh(Endpoint endpoint, SshLogin login, HostKeys hostKeys, Optional<Ssh> jump, boolean maskAddress)
            implements HostSettings {
        /** Makes one whose address everybody may see. */
        public Ssh(Endpoint endpoint, SshLogin login, HostKeys hostKeys, Optional<Ssh> jump) {
            this(endpoint, login, hostKeys, jump, false);
        }

        @Override
        public String describe() {
            return maskAddress ? AddressMask.MASK : endpoint.toString();
        }

        @Override
        public String mask(String text) {
            return maskAddress ? AddressMask.of(this).apply(text) : text;
        }
    }
}
