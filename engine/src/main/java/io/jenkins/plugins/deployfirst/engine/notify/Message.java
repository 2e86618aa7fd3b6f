package io.jenkins.plugins.deployfirst.engine.notify;

import io.jenkins.plugins.deployfirst.engine.OneLine;
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
 * @param log the end of the log that tells why it failed; empty when there is none
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
        List<Link> links,
        List<String> log) {
    private static final int LONGEST_LINE = 200;

    public Message {
        links = List.copyOf(links);
        log = List.copyOf(log);
    }

    /** Makes one without a log. */
    public Message(
            Kind kind,
            String environment,
            String sha,
            String author,
            String subject,
            String headline,
            String next,
            String url,
            List<Link> links) {
        this(kind, environment, sha, author, subject, headline, next, url, links, List.of());
    }

    /**
     * Returns the end of the log in lines that fit: as many whole ones as {@code maxLength} characters hold, the last
     * ones, each at most 200 long.
     */
    String logEnd(int maxLength) {
        StringBuilder end = new StringBuilder();
        for (int i = log.size() - 1; i >= 0; i--) {
            String line = OneLine.of(log.get(i), LONGEST_LINE);
            if (end.length() + line.length() + 1 > maxLength) {
                break;
            }
            end.insert(0, end.isEmpty() ? line : line + "\n");
        }
        return end.toString();
    }

    /** A text with the address it leads to; the address may be empty. */
    public record Link(String text, String url) {}

    /** Blue: under way. Green: good. Orange: look at it. Red: do something. */
    private static final class Colours {
        static final int BLUE = 0x3498DB;
        static final int GREEN = 0x2ECC71;
        static final int ORANGE = 0xE67E22;
        static final int RED = 0xE74C3C;
    }

    /** The sorts of events. */
    public enum Kind {
        STARTED("deployment started", Colours.BLUE),
        DEPLOYED("deployed", Colours.BLUE),
        VALIDATED("validated", Colours.GREEN),
        ROLLED_BACK("rolled back", Colours.ORANGE),
        FAILED("failed", Colours.RED),
        /** CI gave no verdict. */
        NO_VERDICT("no verdict of CI", Colours.ORANGE),
        /** A site does not answer as it should. */
        DOWN("down", Colours.RED),
        /** A site that was down answers again. */
        UP("up again", Colours.GREEN);

        private final String words;
        private final int colour;

        Kind(String words, int colour) {
            this.words = words;
            this.colour = colour;
        }

        /** Says for people what happened. */
        String words() {
            return words;
        }

        /** Returns the colour that a service shows beside it, as 0xRRGGBB. */
        int colour() {
            return colour;
        }

        /** Returns whether policy FAILURES lets it through. */
        public boolean isFailure() {
            return this == ROLLED_BACK || this == FAILED || this == NO_VERDICT || this == DOWN;
        }
    }
}
