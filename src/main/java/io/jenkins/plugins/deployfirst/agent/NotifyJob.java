package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.notify.WebhookNotifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A message to everybody whose policy lets it through. What is not delivered is told and counted, and fails nothing.
 *
 * @param notifiers who is told, in order
 */
record NotifyJob(List<WebhookAccess> notifiers, Message message) implements Job {
    /** How long all deliveries together are waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    NotifyJob {
        notifiers = List.copyOf(notifiers);
    }

    @Override
    public FlowOutcome run(JobSite site) throws InterruptedException {
        List<WebhookAccess> told = notifiers.stream()
                .filter(webhook -> webhook.policy().sends(message.kind()))
                .toList();
        // All at once: one service that is slow does not hold up the others.
        List<CompletableFuture<Void>> deliveries = new ArrayList<>();
        for (WebhookAccess webhook : told) {
            deliveries.add(
                    new WebhookNotifier(site.http(), webhook.service(), webhook::url, webhook.policy()).send(message));
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        int sent = 0;
        for (int i = 0; i < told.size(); i++) {
            String name = told.get(i).service().displayName();
            String problem = problem(name, deliveries.get(i), end - System.nanoTime());
            if (problem.isEmpty()) {
                sent++;
                site.progress().info(name + " was told.");
            } else {
                site.progress().warn("A notification was not delivered: " + problem);
            }
        }
        int leftOut = notifiers.size() - told.size();
        return new FlowOutcome(Outcome.DONE, result(message, sent, leftOut, told.size() - sent, false), "");
    }

    private static String problem(String name, CompletableFuture<Void> delivery, long nanos)
            throws InterruptedException {
        try {
            delivery.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
            return "";
        } catch (TimeoutException late) {
            return name + " did not take it within " + DurationText.format(PATIENCE) + "; it may yet arrive.";
        } catch (ExecutionException failed) {
            return failed.getCause().getMessage();
        }
    }

    static Map<String, Object> result(Message message, int sent, int leftOut, int failed, boolean coalesced) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", message.environment());
        map.put("kind", message.kind().name());
        map.put("sha", message.sha());
        map.put("sent", sent);
        map.put("leftOut", leftOut);
        map.put("failed", failed);
        map.put("coalesced", coalesced);
        return map;
    }

    /** Names it without the webhooks' addresses. */
    @Override
    public String toString() {
        return message.kind() + " to " + notifiers;
    }
}
