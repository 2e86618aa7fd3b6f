package io.jenkins.plugins.deployfirst.extending;

import io.jenkins.plugins.deployfirst.ci.CiPlace;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.Supplier;

/** Where a {@link LineCi} is. */
record LinePlace(String url) implements CiPlace {
    @Override
    public CiServer open(HttpClient http, Supplier<Optional<String>> token) {
        return new LineCi(http, url, token);
    }
}
