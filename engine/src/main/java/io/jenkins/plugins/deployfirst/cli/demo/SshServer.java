package io.jenkins.plugins.deployfirst.cli.demo;

import java.nio.file.Path;

/** The SSH server of the throw-away host, real or not. */
interface SshServer extends AutoCloseable {
    /** Says in plain words what this is. */
    String description();

    /** Returns who logs in where, as {@code user@127.0.0.1:port}. */
    String address();

    /** Returns the file of the private key that may log in. */
    Path identity();

    /** Returns a file in the format of known_hosts that names the server's key. */
    Path knownHosts();

    /** Ends the server and every connection to it. */
    @Override
    void close() throws Exception;
}
