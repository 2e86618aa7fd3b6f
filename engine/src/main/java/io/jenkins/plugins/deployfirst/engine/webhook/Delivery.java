package io.jenkins.plugins.deployfirst.engine.webhook;

import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One request of a webhook: its headers and its body, as they came. Nothing in it is to be believed before
 * {@link #isSignedWith} says so.
 *
 * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">GitHub's signature</a>
 * @see <a href="https://docs.gitlab.com/user/project/integrations/webhooks/">GitLab's secret token</a>
 * @see <a href="https://docs.gitea.com/usage/webhooks">Gitea's signature</a>
 */
public final class Delivery {
    /** The longest body that a receiver should read: 1 MiB. */
    public static final int MAX_BODY = 1024 * 1024;

    private static final String ALGORITHM = "HmacSHA256";

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    /**
     * Takes a request.
     *
     * @param headers its headers, of each the first value
     * @param body the bytes as they came: a signature is made of them
     */
    public Delivery(Map<String, String> headers, byte[] body) {
        this.headers.putAll(headers);
        this.body = body.clone();
    }

    /** Returns which sort of server this claims to come from; empty when it is no webhook of a CI server. */
    public Optional<CiService> service() {
        // Gitea and Forgejo send GitHub's headers as well.
        if (event("X-Gitea-Event").or(() -> event("X-Forgejo-Event")).isPresent()) {
            return Optional.of(CiService.GITEA);
        }
        if (event("X-Gitlab-Event").isPresent()) {
            return Optional.of(CiService.GITLAB);
        }
        return event("X-GitHub-Event").map(any -> CiService.GITHUB);
    }

    /** Returns whether its sender knows one of these secrets; every one is compared in constant time. */
    public boolean isSignedWith(Collection<String> secrets) {
        boolean signed = false;
        for (String secret : secrets) {
            signed |= !secret.isEmpty() && isSignedWith(secret.getBytes(StandardCharsets.UTF_8));
        }
        return signed;
    }

    private boolean isSignedWith(byte[] secret) {
        Optional<CiService> service = service();
        if (service.isEmpty()) {
            return false;
        }
        return switch (service.get()) {
            case GITHUB -> isMac(secret, withoutPrefix(header("X-Hub-Signature-256")));
            case GITEA ->
                isMac(
                        secret,
                        header("X-Forgejo-Signature")
                                .or(() -> header("X-Gitea-Signature"))
                                .or(() -> withoutPrefix(header("X-Hub-Signature-256"))));
            case GITLAB ->
                header("X-Gitlab-Token")
                        .map(token -> MessageDigest.isEqual(
                                mac(secret, token.getBytes(StandardCharsets.UTF_8)), mac(secret, secret)))
                        .orElse(false);
        };
    }

    private static Optional<String> withoutPrefix(Optional<String> signature) {
        return signature.filter(value -> value.startsWith("sha256=")).map(value -> value.substring("sha256=".length()));
    }

    private boolean isMac(byte[] secret, Optional<String> hexadecimal) {
        try {
            byte[] claimed = HexFormat.of().parseHex(hexadecimal.orElse("").toLowerCase(Locale.ROOT));
            return MessageDigest.isEqual(claimed, mac(secret, body));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] mac(byte[] secret, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
        }
    }

    /** Returns whether its body is JSON, as its content type says; one that says nothing is taken for it. */
    public boolean isJson() {
        String type = header("Content-Type").orElse("application/json").split(";", 2)[0];
        return type.strip().equalsIgnoreCase("application/json");
    }

    /** Returns what tells this body from every other: its SHA-256. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private Optional<String> event(String header) {
        return header(header).filter(value -> !value.isEmpty());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip);
    }

    byte[] body() {
        return body.clone();
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "Delivery of " + body.length + " bytes";
    }
}
