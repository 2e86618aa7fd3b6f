package io.jenkins.plugins.deployfirst.engine.notify;

import java.util.List;

/**
 * What is told to people: what happened to which release where, and what follows.
 *
 * @param kind which sort of event it is; policies select by it
 * @param environment the environment's name
 * @param sha the full commit SHA it is about; empty when it is about none (a site that is down)
 * @param author who wrote the commit; empty when not known
 * @param subject the first line of the commit message; empty when not known
 * @param headline what happened, in one line
 * @param next what follows ("CI verification in progress"); empty when nothing does
 * @param url the site's address; empty when none is configured
 * @param links further links, such as failing checks with their logs and the build; in order of importance
 */
public record Message(
        Kind kind,
        String environment,
        String sha,
        String author,
        String subject,
        String headline,
        String next,
        String url,
        List<Link> links) {

    public Message {
        links = List.copyOf(links);
    }

    /** A text with the address it leads to; the address may be empty. */
    public record Link(String text, String url) {}

    /** The sorts of events. */
    public enum Kind {
        STARTED,
        DEPLOYED,
        VALIDATED,
        ROLLED_BACK,
        FAILED,
        /** CI gave no verdict. */
        NO_VERDICT,
        /** A site does not answer as it should. */
        DOWN,
        /** A site that was down answers again. */
        UP;

        /** Returns whether policy FAILURES lets it through. */
        public boolean isFailure() {
            return this == ROLLED_BACK || this == FAILED || this == NO_VERDICT || this == DOWN;
        }
    }
}
