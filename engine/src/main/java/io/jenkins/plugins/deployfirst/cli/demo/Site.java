package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The shop's site as its visitors see it. */
final class Site {
    private static final Duration START = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI url;

    Site(URI url) {
        this.url = url;
    }

    URI url() {
        return url;
    }

    /** Returns what the page shows now, in one line; where nobody answers, words that say so. */
    String page() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
        try {
            return OneLine.of(client.send(request, BodyHandlers.ofString()).body(), 200);
        } catch (IOException e) {
            return "(no answer: " + e.getClass().getSimpleName() + ")";
        }
    }

    /** Waits until the page shows this text, but not for ever, and returns what it shows then. */
    String awaitPage(String text) throws InterruptedException {
        long giveUp = System.nanoTime() + START.toNanos();
        String page = page();
        while (!page.contains(text) && System.nanoTime() < giveUp) {
            TimeUnit.MILLISECONDS.sleep(20);
            page = page();
        }
        return page;
    }
}
