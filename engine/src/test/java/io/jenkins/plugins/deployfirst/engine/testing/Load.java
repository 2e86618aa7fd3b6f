package io.jenkins.plugins.deployfirst.engine.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A few people who ask a site over and over, and note every answer that is not a good one. */
public final class Load implements AutoCloseable {
    private static final int PEOPLE = 2;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
    private final HttpRequest request;
    private final AtomicInteger answers = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Set<String> pages = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    private Load(String url) {
        this.request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    public static Load on(String url) {
        Load load = new Load(url);
        for (int i = 0; i < PEOPLE; i++) {
            load.people.execute(load::ask);
        }
        return load;
    }

    private void ask() {
        while (!ended) {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    answers.incrementAndGet();
                    pages.add(answer.body().strip());
                } else {
                    failures.add("status " + answer.statusCode());
                }
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    public int answers() {
        return answers.get();
    }

    /** Returns what went wrong, one entry a request. */
    public List<String> failures() {
        return failures;
    }

    /** Returns the different pages that were shown. */
    public Set<String> pages() {
        return pages;
    }

    /** Ends it, and waits for the answers that are under way. */
    @Override
    public void close() throws InterruptedException {
        ended = true;
        people.shutdown();
        people.awaitTermination(20, TimeUnit.SECONDS);
    }
}
