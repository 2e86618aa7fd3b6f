package io.jenkins.plugins.deployfirst.engine.host;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The lines of a {@code known_hosts} text: patterns with their negations, hashed names, revoked keys. JSch's own reader
 * knows no patterns, and a revoked key is often revoked for {@code *}.
 *
 * @see <a href="https://man.openbsd.org/sshd.8#SSH_KNOWN_HOSTS_FILE_FORMAT">sshd(8), SSH_KNOWN_HOSTS FILE FORMAT</a>
 */
final class KnownHosts {
    private static final String HASHED = "|1|";

    /** A key of a host, or one that must not be trusted for it. */
    record Key(String base64, boolean revoked) {}

    /** Who has the key. */
    private record Line(String hosts, Key key) {}

    private final List<Line> lines;

    private KnownHosts(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads a text; lines that are none are left out, and those of certificate authorities, which JSch does not check. */
    static KnownHosts parse(String text) {
        return new KnownHosts(
                text.lines().map(KnownHosts::line).flatMap(Optional::stream).toList());
    }

    private static Optional<Line> line(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        boolean revoked = words.get(0).equals("@revoked");
        int first = revoked ? 1 : 0;
        if (words.size() < first + 3
                || words.get(first).startsWith("#")
                || words.get(first).startsWith("@")) {
            return Optional.empty();
        }
        return Optional.of(new Line(words.get(first), new Key(words.get(first + 2), revoked)));
    }

    /** Returns the keys of a host, named {@code host} or, with another port than 22, {@code [host]:port}. */
    List<Key> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lines.stream()
                .filter(line -> line.hosts().startsWith(HASHED)
                        ? isHashOf(line.hosts(), lower)
                        : matches(line.hosts().toLowerCase(Locale.ROOT), lower))
                .map(Line::key)
                .toList();
    }

    private static boolean matches(String patterns, String name) {
        boolean matched = false;
        for (String pattern : patterns.split(",")) {
            boolean negated = pattern.startsWith("!");
            if (glob(negated ? pattern.substring(1) : pattern).matcher(name).matches()) {
                if (negated) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    private static boolean isHashOf(String hashed, String name) {
        String[] parts = hashed.split("\\|");
        if (parts.length != 4) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A line that is damaged names no host.
            return false;
        }
    }
}
