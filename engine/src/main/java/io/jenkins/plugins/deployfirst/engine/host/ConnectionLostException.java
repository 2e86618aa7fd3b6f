package io.jenkins.plugins.deployfirst.engine.host;

/** The connection to the host broke while a flow was using it. */
public final class ConnectionLostException extends UnreachableException {
    private static final long serialVersionUID = 1L;

    public ConnectionLostException(String problem, Throwable cause) {
        super(problem, "Check the network to the host, then run it again.", cause);
    }
}
