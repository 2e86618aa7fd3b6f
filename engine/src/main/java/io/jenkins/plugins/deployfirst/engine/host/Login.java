package io.jenkins.plugins.deployfirst.engine.host;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Offers a login to a session, after checking what can be checked without the server. */
final class Login {
    private Login() {}

    static void offer(JSch jsch, Session session, SshLogin login) throws JSchException {
        if (login instanceof SshLogin.PrivateKey key) {
            session.setConfig("PreferredAuthentications", "publickey");
            addKey(jsch, key);
        } else if (login instanceof SshLogin.Password password) {
            session.setConfig("PreferredAuthentications", "password,keyboard-interactive");
            session.setPassword(password.password());
            session.setUserInfo(new PasswordAnswers(password.password()));
        }
    }

    private static void addKey(JSch jsch, SshLogin.PrivateKey key) throws JSchException {
        byte[] passphrase = key.passphrase()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        KeyPair pair;
        try {
            pair = KeyPair.load(jsch, key.content(), null);
        } catch (JSchException e) {
            throw new DeployFirstException(
                    io.jenkins.plugins.deployfirst.engine.Outcome.USAGE,
                    "Private key " + key.name() + " cannot be read.",
                    "Give a private key in OpenSSH, PEM or PuTTY format: Ed25519, ECDSA or RSA.",
                    e);
        }
        try {
            if (pair.isEncrypted() && !pair.decrypt(passphrase)) {
                throw DeployFirstException.usage(
                        "Private key " + key.name()
                                + (passphrase == null
                                        ? " has a passphrase, and none is given."
                                        : ": the passphrase is wrong."),
                        "Give the key's passphrase with it.");
            }
        } finally {
            pair.dispose();
        }
        jsch.addIdentity(key.name(), key.content(), null, passphrase);
    }

    /**
     * Answers the one question that servers with keyboard-interactive logins ask for a password, once: a wrong password
     * that is tried again and again gets an account locked.
     */
    private static final class PasswordAnswers implements UserInfo, UIKeyboardInteractive {
        private final String password;
        private boolean answered;

        PasswordAnswers(String password) {
            this.password = password;
        }

        @Override
        public String[] promptKeyboardInteractive(
                String destination, String name, String instruction, String[] prompt, boolean[] echo) {
            if (prompt.length == 0) {
                return new String[0];
            }
            // To what asks for a "password:", JSch has given it by itself already.
            boolean again = answered || prompt[0].toLowerCase(Locale.ROOT).contains("password:");
            if (again || prompt.length > 1 || echo[0]) {
                return null;
            }
            answered = true;
            return new String[] {password};
        }

        @Override
        public String getPassphrase() {
            return null;
        }

        @Override
        public String getPassword() {
            return password;
        }

        @Override
        public boolean promptPassword(String message) {
            return false;
        }

        @Override
        public boolean promptPassphrase(String message) {
            return false;
        }

        @Override
        public boolean promptYesNo(String message) {
            return false;
        }

        @Override
        public void showMessage(String message) {
            // Banners are of no use to a machine.
        }
    }
}
