package io.jenkins.plugins.deployfirst.engine.notify;

/** A message that could not be delivered; the reason is one line without secrets, so there is no cause that could hold one. */
public final class DeliveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeliveryException(String reason) {
        super(reason);
    }
}
