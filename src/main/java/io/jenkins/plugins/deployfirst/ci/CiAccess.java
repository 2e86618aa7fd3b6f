package io.jenkins.plugins.deployfirst.ci;

import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import java.net.http.HttpClient;
import java.util.Optional;

/**
 * A place on a CI server, and what it is read with.
 *
 * @param place what is read
 * @param token secret; empty for none
 */
public record CiAccess(CiPlace place, String token) {
    /** Opens the place with the token as it is now. */
    public CiServer open(HttpClient http) {
        Optional<String> now = Optional.of(token).filter(text -> !text.isEmpty());
        return place.open(http, () -> now);
    }

    /** Names it without the token. */
    @Override
    public String toString() {
        return place.toString();
    }
}
