package io.jenkins.plugins.deployfirst.cli.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** What runs the shop's container on the throw-away host, real or not. */
interface Containers extends AutoCloseable {
    /** The one compose file of the shop. */
    String COMPOSE_FILE = "docker-compose.yml";

    /** Says in plain words what this is. */
    String description();

    /** Returns the name of the compose project. */
    String project();

    /** Returns the compose file's text: a web server that reads its page when it starts. */
    String composeFile();

    /** Starts the first release, as a person did by hand before anything was automated. */
    void up(Path checkout) throws InterruptedException;

    /** Returns where visitors find the site. */
    URI site();

    /** Returns the variables that commands on the host need to find it. */
    Map<String, String> hostVariables();

    /** Removes what runs. */
    @Override
    void close() throws InterruptedException;

    /** Writes the compose file; it is in the form in which compose itself prints it. */
    static String composeFile(String image, int port) {
        return """
                services:
                  web:
                    image: %s
                    init: true
                    stop_grace_period: 1s
                    command: ["sh", "-c", "cp /app/index.html /www/ && exec httpd -f -p 80 -h /www"]
                    volumes: [".:/app:ro"]
                    tmpfs: [/www]
                    ports: ["127.0.0.1:%d:80"]
                """.formatted(image, port);
    }
}
