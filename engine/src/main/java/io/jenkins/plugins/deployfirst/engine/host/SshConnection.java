package io.jenkins.plugins.deployfirst.engine.host;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import io.jenkins.plugins.deployfirst.engine.Progress;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection to a host, through its jump host where it has one, that a shell is started over. */
final class SshConnection implements SocketFactory {
    private final Timing timing;
    private final Deque<Session> sessions = new ConcurrentLinkedDeque<>();
    private final Deque<Socket> sockets = new ConcurrentLinkedDeque<>();
    /** Whether a server, or the network, has ended a connection: JSch takes that for a login that is refused. */
    private volatile boolean brokeOff;

    private SshConnection(Timing timing) {
        this.timing = timing;
    }

    /**
     * Connects, logs in and starts the shell. JSch takes no notice of interrupts and gives each answer its own time, so it
     * does that on another thread.
     */
    static HostShell open(HostSettings.Ssh settings, Timing timing, Progress progress) throws InterruptedException {
        SshConnection connection = new SshConnection(timing);
        CompletableFuture<HostShell> shell = CompletableFuture.supplyAsync(
                () -> connection.startShell(settings, progress),
                work -> StreamShell.daemon(work, "login to " + settings.describe())
                        .start());
        try {
            return shell.get(timing.login().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            connection.abandon(shell);
            throw e;
        } catch (TimeoutException e) {
            connection.abandon(shell);
            throw ConnectFailure.noAnswer(settings, timing.login(), e);
        } catch (ExecutionException e) {
            connection.close();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void abandon(CompletableFuture<HostShell> shell) {
        close();
        shell.thenAccept(HostShell::close);
    }

    private HostShell startShell(HostSettings.Ssh settings, Progress progress) {
        Session session = connect(settings);
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            if (channel == null) {
                throw new JSchException("the connection is closed already");
            }
            channel.setCommand(ShellProtocol.bootstrap());
            InputStream input = channel.getInputStream();
            OutputStream output = channel.getOutputStream();
            channel.connect((int) timing.connect().toMillis());
            return new StreamShell(settings, input, output, this::close, () -> refused(channel), timing, progress);
        } catch (JSchException | IOException e) {
            throw new ConnectionLostException(settings.describe() + " accepts the login but starts no command.", e);
        }
    }

    private Session connect(HostSettings.Ssh settings) {
        Endpoint endpoint = settings.endpoint();
        KeyChecker keys = KeyChecker.of(settings.hostKeys(), endpoint);
        try {
            JSch jsch = new JSch();
            jsch.setHostKeyRepository(keys);
            Session session = jsch.getSession(endpoint.user(), endpoint.host(), endpoint.port());
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setDaemonThread(true);
            session.setSocketFactory(this);
            Login.offer(jsch, session, settings.login());
            if (settings.jump().isPresent()) {
                session.setProxy(new JumpProxy(connect(settings.jump().get())));
            }
            sessions.push(session);
            session.connect((int) timing.connect().toMillis());
            return session;
        } catch (JSchException e) {
            throw ConnectFailure.explain(settings, keys, timing, brokeOff, e);
        }
    }

    /** Returns whether the server ended the shell by itself, as it does for accounts that may start none. */
    private boolean refused(ChannelExec channel) {
        // The exit status follows the end of the output, and the end of the channel follows both.
        long until = System.nanoTime() + timing.connect().toNanos();
        try {
            while (!channel.isClosed() && System.nanoTime() < until) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return channel.getExitStatus() >= 0;
    }

    /** Sockets are closed first: whoever is blocked in writing to a peer that takes nothing would block JSch too. */
    private void close() {
        sockets.forEach(SshConnection::close);
        sessions.forEach(Session::disconnect);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket socket = new Socket();
        sockets.push(socket);
        socket.connect(new InetSocketAddress(host, port), (int) timing.connect().toMillis());
        return socket;
    }

    @Override
    public InputStream getInputStream(Socket socket) throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                return noting(super::read);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return noting(() -> super.read(bytes, offset, length));
            }
        };
    }

    @Override
    public OutputStream getOutputStream(Socket socket) throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                noting(() -> {
                    out.write(bytes, offset, length);
                    return length;
                });
            }
        };
    }

    private int noting(Exchange exchange) throws IOException {
        try {
            int count = exchange.run();
            if (count < 0) {
                brokeOff = true;
            }
            return count;
        } catch (IOException e) {
            brokeOff = true;
            throw e;
        }
    }

    /** Reads or writes; below zero at the end of the stream. */
    @FunctionalInterface
    private interface Exchange {
        int run() throws IOException;
    }
}
