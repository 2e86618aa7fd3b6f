package io.jenkins.plugins.deployfirst.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports on loopback for programs that must be told theirs. */
final class FreePort {
    private FreePort() {}

    /** Returns a port that nobody listens on now. */
    static int find() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw Places.failure("cannot listen on loopback", e);
        }
    }

    /** Returns whether somebody listens there. */
    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
