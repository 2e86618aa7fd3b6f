package io.jenkins.plugins.deployfirst.examples;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A reverse proxy that speaks HTTPS, with a certificate that this JVM trusts as long as the proxy runs. */
final class TlsProxy implements AutoCloseable {
    private static final String PASSWORD = "PasswordOfTheTests";

    private final WireMockServer server;
    private final SSLContext before;

    private TlsProxy(WireMockServer server, SSLContext before) {
        this.server = server;
        this.before = before;
    }

    /**
     * Starts one.
     *
     * @param directory takes its certificate
     * @param url what it stands before, without the last slash
     */
    static TlsProxy before(Path directory, String url) throws IOException, GeneralSecurityException {
        Path store = directory.resolve("proxy.p12");
        Tool.run(
                directory,
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=shop",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "30",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
        WireMockServer server = new WireMockServer(options()
                .httpDisabled(true)
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1")
                .keystorePath(store.toString())
                .keystoreType("PKCS12")
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse().proxiedFrom(url)));
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(trusting(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray())));
        return new TlsProxy(server, before);
    }

    private static SSLContext trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    String url() {
        return "https://127.0.0.1:" + server.httpsPort() + "/";
    }

    @Override
    public void close() {
        server.stop();
        SSLContext.setDefault(before);
    }
}
