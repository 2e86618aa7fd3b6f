package io.jenkins.plugins.deployfirst.engine.health;

import io.jenkins.plugins.deployfirst.engine.BoundedBody;
import io.jenkins.plugins.deployfirst.engine.DurationText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Sends requests by Java's HTTP client, from where the engine runs. */
final class ClientTransport implements HttpTransport {
    private final HttpClient client;

    ClientTransport(HttpClient client) {
        this.client = client.followRedirects() == HttpClient.Redirect.NEVER ? client : notFollowing(client);
    }

    @Override
    public HttpAnswer get(URI url, Map<String, String> headers, Deadline deadline)
            throws IOException, InterruptedException {
        AtomicInteger status = new AtomicInteger();
        BodyHandler<BoundedBody> body = BoundedBody.upTo(HttpAnswer.BODY_LIMIT);
        // The client's own timeout ends with the headers; waiting for the future bounds the body too.
        CompletableFuture<HttpResponse<BoundedBody>> exchange = client.sendAsync(request(url, headers), response -> {
            status.set(response.statusCode());
            return body.apply(response);
        });
        try {
            return answer(exchange.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            String within = " within " + DurationText.format(deadline.timeout());
            throw new IOException(
                    status.get() == 0 ? "no answer" + within : "HTTP " + status + ", but not its whole body" + within,
                    late);
        } catch (ExecutionException failed) {
            throw HttpFailure.explain(url, failed.getCause());
        } finally {
            // Ends the exchange and its connection unless it is complete.
            exchange.cancel(true);
        }
    }

    private static HttpRequest request(URI url, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .GET()
                .setHeader("User-Agent", "deploy-first")
                .setHeader("Accept", "*/*");
        headers.forEach(request::setHeader);
        if (!Urls.isHttps(url)) {
            // Without TLS the client would offer an upgrade to HTTP/2 in headers that not every server bears.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        return request.build();
    }

    private static HttpAnswer answer(HttpResponse<BoundedBody> response) {
        String contentType = response.headers().firstValue("Content-Type").orElse("");
        return new HttpAnswer(
                response.statusCode(),
                response.headers().firstValue("Location"),
                response.body().text(BodyText.charset(contentType)),
                response.body().truncated(),
                response.sslSession().flatMap(ClientTransport::certificateEnd));
    }

    private static Optional<Instant> certificateEnd(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate server
                    ? Optional.of(server.getNotAfter().toInstant())
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    private static HttpClient notFollowing(HttpClient client) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(client.sslContext())
                .sslParameters(client.sslParameters())
                .version(client.version());
        client.authenticator().ifPresent(builder::authenticator);
        client.connectTimeout().ifPresent(builder::connectTimeout);
        client.cookieHandler().ifPresent(builder::cookieHandler);
        client.executor().ifPresent(builder::executor);
        client.proxy().ifPresent(builder::proxy);
        return builder.build();
    }
}
