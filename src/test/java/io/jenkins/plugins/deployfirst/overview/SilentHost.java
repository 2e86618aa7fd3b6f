package io.jenkins.plugins.deployfirst.overview;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that takes every connection and never says a word. */
final class SilentHost implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    private SilentHost(ServerSocket server) {
        this.server = server;
    }

    static SilentHost start() {
        try {
            SilentHost host = new SilentHost(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
            host.start(host::accept);
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "silent host");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                mostAtOnce.accumulateAndGet(open.incrementAndGet(), Math::max);
                start(() -> hear(connection));
            }
        } catch (IOException e) {
            // It was closed: the test is over.
        }
    }

    private void hear(Socket connection) {
        try {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The other end is gone, which is what is waited for.
        } finally {
            open.decrementAndGet();
        }
    }

    String address() {
        return "deploy@127.0.0.1:" + server.getLocalPort();
    }

    /** Returns how many have ever connected. */
    int connections() {
        return connections.size();
    }

    /** Returns how many were connected at the same time, at the most. */
    int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
