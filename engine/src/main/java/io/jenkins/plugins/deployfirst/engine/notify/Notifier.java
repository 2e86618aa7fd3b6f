package io.jenkins.plugins.deployfirst.engine.notify;

import java.util.concurrent.CompletableFuture;

/** Carries messages to people, without ever holding up or failing what it reports on. */
public interface Notifier {
    /**
     * Sends a message, unless its policy leaves this kind out.
     *
     * @return completes when it is delivered or left out; completes exceptionally, with a reason that holds no secret,
     *     when it could not be delivered. Never blocks the caller.
     */
    CompletableFuture<Void> send(Message message);
}
