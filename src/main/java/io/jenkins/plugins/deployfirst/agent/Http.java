package io.jenkins.plugins.deployfirst.agent;

import hudson.ProxyConfiguration;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Makes the HTTP clients; none follows redirects by itself, because it would take credentials along. */
public final class Http {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    private Http() {}

    /** Returns a client for the controller, which uses the proxy that Jenkins is told to use. */
    public static HttpClient onController() {
        return common(ProxyConfiguration.newHttpClientBuilder());
    }

    /** Returns a client for the controller whose answers are taken by these threads. */
    public static HttpClient onController(Executor threads) {
        return common(ProxyConfiguration.newHttpClientBuilder().executor(threads));
    }

    /** Returns a client for an agent, where Jenkins' own settings are not known. */
    static HttpClient onAgent() {
        return common(HttpClient.newBuilder());
    }

    private static HttpClient common(HttpClient.Builder builder) {
        return builder.followRedirects(Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }
}
