package io.jenkins.plugins.deployfirst.engine.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Deliveries of webhooks as the servers document them, signed as they sign. */
public final class Deliveries {
    private Deliveries() {}

    /** Returns a documented payload, such as {@code github/status.json}. */
    public static byte[] payload(String name) {
        try (InputStream file = Deliveries.class.getResourceAsStream(name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the hexadecimal HMAC SHA-256 of a body. */
    public static String mac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Delivery of(String payload, String... headers) {
        return of(payload(payload), headers);
    }

    static Delivery of(byte[] body, String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new Delivery(map, body);
    }
}
