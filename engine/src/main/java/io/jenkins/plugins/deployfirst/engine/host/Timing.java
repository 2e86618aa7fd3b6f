package io.jenkins.plugins.deployfirst.engine.host;

import java.time.Duration;

/**
 * How long the two ends of a connection wait for each other.
 *
 * @param connect for a TCP connection, and for each answer while logging in
 * @param login for the whole of it: a peer that drips lines forever must not hold a flow
 * @param beat how often the engine says that it is there, and the host answers
 * @param silence how long each end waits for a sign of life; with the 5 s that TERM is given and one beat, a lock is free
 *     and the flow knows of it within 60 s
 * @param grace what the host may need to end a script by force and to say so
 */
record Timing(Duration connect, Duration login, Duration beat, Duration silence, Duration grace) {
    static final Timing DEFAULT = new Timing(
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(12),
            Duration.ofSeconds(45),
            Duration.ofSeconds(20));
}
