package io.jenkins.plugins.deployfirst.engine.host;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Checks a host's key against the known ones, and remembers what it was shown, so that a refusal can name it. */
final class KeyChecker implements HostKeyRepository {
    private final KnownHosts known;
    private final HostKeys settings;
    private final Endpoint endpoint;
    private final AtomicReference<byte[]> shown = new AtomicReference<>(new byte[0]);
    private volatile Answer answer = Answer.NOT_ASKED;

    /** What became of the key that the host showed. */
    enum Answer {
        NOT_ASKED,
        ACCEPTED,
        /** No key of this host is known. */
        UNKNOWN,
        /** Other keys of this host are known, of whatever type. */
        CHANGED,
        REVOKED
    }

    private KeyChecker(KnownHosts known, HostKeys settings, Endpoint endpoint) {
        this.known = known;
        this.settings = settings;
        this.endpoint = endpoint;
    }

    static KeyChecker of(HostKeys settings, Endpoint endpoint) {
        return new KeyChecker(KnownHosts.parse(settings.knownHosts() + "\n" + readFile(settings)), settings, endpoint);
    }

    private static String readFile(HostKeys settings) {
        try {
            return settings.file().isPresent() && Files.exists(settings.file().get())
                    ? Files.readString(settings.file().get(), StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException e) {
            throw DeployFirstException.usage(
                    "knownHostsFile: " + settings.file().get() + " cannot be read: " + e.getMessage() + ".",
                    "Name a file that this user may read.");
        }
    }

    @Override
    public int check(String host, byte[] key) {
        shown.set(key.clone());
        answer = judge(Base64.getEncoder().encodeToString(key));
        if (answer == Answer.UNKNOWN && settings.policy() == HostKeys.Policy.ACCEPT_NEW) {
            settings.file().ifPresent(this::remember);
            answer = Answer.ACCEPTED;
        }
        return switch (answer) {
            case ACCEPTED -> OK;
            case UNKNOWN -> NOT_INCLUDED;
            default -> CHANGED;
        };
    }

    /** As OpenSSH does, a key that is known for the name without its port is accepted, but proves no change. */
    private Answer judge(String key) {
        List<KnownHosts.Key> all = all();
        if (all.contains(new KnownHosts.Key(key, true))) {
            return Answer.REVOKED;
        }
        if (all.contains(new KnownHosts.Key(key, false))) {
            return Answer.ACCEPTED;
        }
        return known.of(knownHostsName()).stream().anyMatch(other -> !other.revoked())
                ? Answer.CHANGED
                : Answer.UNKNOWN;
    }

    private List<KnownHosts.Key> all() {
        List<KnownHosts.Key> all = new ArrayList<>(known.of(knownHostsName()));
        all.addAll(known.of(endpoint.host()));
        return all;
    }

    private void remember(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            String before = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
            String line = (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + line() + "\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw DeployFirstException.unchanged(
                    "knownHostsFile: the new host key cannot be written to " + file + ": " + e.getMessage() + ".",
                    "Name a file that this user may write, or write the key there by hand.");
        }
    }

    /** Returns the host as known_hosts files write it. */
    String knownHostsName() {
        return endpoint.port() == 22 ? endpoint.host() : "[" + endpoint.host() + "]:" + endpoint.port();
    }

    /** Returns the line of known_hosts that makes the key known that the host showed. */
    String line() {
        return knownHostsName() + " " + type() + " " + Base64.getEncoder().encodeToString(shown.get());
    }

    Answer answer() {
        return answer;
    }

    /** Returns the fingerprint of the key that the host showed, as {@code ssh-keygen -lf} prints it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.get());
            return type() + " SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the known keys came from, for people. */
    String source() {
        return settings.file()
                .map(Path::toString)
                .filter(file -> settings.knownHosts().isBlank())
                .orElse("knownHosts");
    }

    /** A public key begins with its type: a length of four bytes, then the name (RFC 4253, 6.6). */
    private String type() {
        byte[] key = shown.get();
        int length = key.length < 4 ? 0 : key[3] & 0xff;
        return key.length < 4 + length ? "" : new String(key, 4, length, StandardCharsets.US_ASCII);
    }

    @Override
    public void add(HostKey hostKey, UserInfo userInfo) {
        // JSch would write its own file here; keys are remembered in remember().
    }

    @Override
    public void remove(String host, String type) {
        // Never asked for: JSch removes keys only where people are asked.
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        // Never asked for, as above.
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return source();
    }

    @Override
    public HostKey[] getHostKey() {
        return getHostKey(knownHostsName(), null);
    }

    /** JSch asks the host for keys of the types that are known of it. */
    @Override
    public HostKey[] getHostKey(String host, String type) {
        List<HostKey> keys = new ArrayList<>();
        for (KnownHosts.Key key : all()) {
            try {
                HostKey one = new HostKey(knownHostsName(), Base64.getDecoder().decode(key.base64()));
                if (!key.revoked() && (type == null || one.getType().equals(type))) {
                    keys.add(one);
                }
            } catch (JSchException | RuntimeException e) {
                // A key that is damaged, or of a type that JSch does not know, is none that can be asked for.
            }
        }
        return keys.toArray(HostKey[]::new);
    }
}
