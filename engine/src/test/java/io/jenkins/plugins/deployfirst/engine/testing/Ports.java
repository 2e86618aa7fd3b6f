package io.jenkins.plugins.deployfirst.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** Ports of loopback for servers of tests. */
public final class Ports {
    private Ports() {}

    /** Returns one that nobody listens on. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
