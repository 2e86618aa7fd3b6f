package io.jenkins.plugins.deployfirst.cli.demo;

/** A real part cannot be had on this machine; the message says why, to go on after "because". */
final class NotHereException extends Exception {
    private static final long serialVersionUID = 1L;

    NotHereException(String reason) {
        super(reason);
    }
}
