package io.jenkins.plugins.deployfirst.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network before a server on loopback that can break, fall silent, and let nobody in. */
public final class CuttableProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
    private volatile boolean frozen;
    private volatile boolean refusing;

    private CuttableProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Starts one before a port of loopback. */
    public static CuttableProxy before(int target) {
        try {
            CuttableProxy proxy = new CuttableProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            proxy.start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Returns whether somebody is, or was, connected since the last cut. */
    public boolean isInUse() {
        return !sockets.isEmpty();
    }

    /** Breaks every connection. */
    public void cut() {
        sockets.forEach(CuttableProxy::reset);
        sockets.clear();
    }

    /**
     * Loses from now on whatever is sent, in both directions, without a word; as with a firewall that has forgotten them,
     * the connections of this time stay so for ever.
     */
    public void freeze() {
        frozen = true;
        silent.addAll(sockets);
    }

    /** Breaks every connection, and from now on every new one. */
    public void refuse() {
        refusing = true;
        cut();
    }

    /** Lets new connections through again. */
    public void admit() {
        refusing = false;
        frozen = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (refusing) {
                    reset(client);
                } else {
                    connect(client);
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.addAll(List.of(client, server));
        if (frozen) {
            silent.addAll(List.of(client, server));
        }
        start(() -> carry(client, server));
        start(() -> carry(server, client));
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                if (!silent.contains(from)) {
                    to.getOutputStream().write(buffer, 0, count);
                }
            }
            if (!silent.contains(from)) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            // One end is gone: so is the other, unless nothing gets through at all.
            if (!silent.contains(from)) {
                reset(from);
                reset(to);
            }
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "proxy before port " + target);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
