package io.jenkins.plugins.deployfirst.engine.ci;

/** When a request gets its turn while many wait for a server. */
enum Turn {
    /** After those that came before it. */
    IN_LINE,

    /** Before those in line: an event told that something changed, while the others look whether something did. */
    FIRST
}
