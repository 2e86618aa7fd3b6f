package io.jenkins.plugins.deployfirst.engine.host;

import java.util.Arrays;
import java.util.Optional;

/** What proves to an SSH server who we are: a private key, or a password. */
public sealed interface SshLogin {

    /**
     * A private key.
     *
     * @param name how messages call it: the file's path, or the credential's id
     * @param content the key file's bytes (OpenSSH, PEM or PuTTY format)
     * @param passphrase empty when the key has none
     */
    record PrivateKey(String name, byte[] content, Optional<String> passphrase) implements SshLogin {
        public PrivateKey {
            content = content.clone();
        }

        @Override
        public byte[] content() {
            return content.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PrivateKey key && name.equals(key.name) && Arrays.equals(content, key.content);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return "private key " + name;
        }
    }

    /** A password; {@code name} is how messages call it. */
    record Password(String name, String password) implements SshLogin {
        @Override
        public String toString() {
            return "password " + name;
        }
    }
}
