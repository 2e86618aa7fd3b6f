package io.jenkins.plugins.deployfirst.engine.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * This machine's nginx or HAProxy in a container on a network of Docker, whose DNS it asks, with the configuration that is
 * documented; it listens on a port of loopback.
 */
public final class ReverseProxy implements AutoCloseable {
    /** Programs of this machine and what they need, to run in a container that has nothing but busybox. */
    public static final List<String> PROGRAMS = Stream.of(
                    "/usr", "/lib", "/lib64", "/etc/passwd", "/etc/group", "/etc/ssl")
            .filter(path -> Files.exists(Path.of(path)))
            .map(path -> path + ":" + path + ":ro")
            .toList();

    /** How nginx does without the folders that its package makes. */
    public static final String NGINX_MAIN = """
            daemon off; worker_processes 1; error_log stderr; pid /tmp/nginx.pid;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path /tmp/1; proxy_temp_path /tmp/2; fastcgi_temp_path /tmp/3;
              uwsgi_temp_path /tmp/4; scgi_temp_path /tmp/5;
              %s
            }
            """;

    private final Path directory;
    private final String container;
    private final int port;

    private ReverseProxy(Path directory, String container, int port) {
        this.directory = directory;
        this.container = container;
        this.port = port;
    }

    /** Starts nginx before the service api on that network. */
    public static ReverseProxy nginx(Path directory, String network) {
        Tool.write(directory.resolve("nginx.conf"), NGINX_MAIN.formatted(documented("nginx.conf")));
        return start(directory, network, "/usr/sbin/nginx", "-c", "/conf/nginx.conf");
    }

    /** Starts HAProxy before the service api on that network. */
    public static ReverseProxy haproxy(Path directory, String network) {
        Tool.write(directory.resolve("haproxy.cfg"), documented("haproxy.cfg") + "\n");
        return start(directory, network, "/usr/sbin/haproxy", "-f", "/conf/haproxy.cfg");
    }

    private static String documented(String name) {
        Path fromRoot = Path.of("docs", "rolling", name);
        return Tool.read(Files.exists(fromRoot) ? fromRoot : Path.of("..").resolve(fromRoot));
    }

    private static ReverseProxy start(Path directory, String network, String... program) {
        try (ServerSocket socket = new ServerSocket(0)) {
            int port = socket.getLocalPort();
            socket.close();
            String container = network + "_proxy_" + port;
            List<String> command = new ArrayList<>(List.of("docker", "run", "-d", "--init", "--name", container));
            command.addAll(List.of("--network", network, "-p", "127.0.0.1:" + port + ":80"));
            PROGRAMS.forEach(path -> command.addAll(List.of("-v", path)));
            command.addAll(List.of("-v", directory + ":/conf:ro", "--tmpfs", "/tmp", "--tmpfs", "/var/log/nginx"));
            command.addAll(List.of("--tmpfs", "/var/lib/nginx", Stack.IMAGE));
            command.addAll(List.of(program));
            Tool.run(directory, command.toArray(String[]::new));
            return new ReverseProxy(directory, container, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    @Override
    public void close() {
        Tool.run(directory, "docker", "rm", "-f", container);
    }
}
