package io.jenkins.plugins.deployfirst.engine.notify;

import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Text in Discord's dialect of Markdown. */
final class Markdown {
    /** What begins a format, a link, a mention, an emoji, a heading, a quotation or a list. */
    private static final String SPECIAL = "\\*_~`|>#[]()<:@-+";

    private static final int LONGEST_URL = 400;
    private static final String ELLIPSIS = "…";

    private Markdown() {}

    /** Returns text that shows as it was written, in one line of at most {@code maxLength} characters with its escapes. */
    static String escape(String text, int maxLength) {
        StringBuilder escaped = new StringBuilder();
        int[] characters = OneLine.of(text, maxLength).codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            String next = (SPECIAL.indexOf(characters[i]) >= 0 ? "\\" : "") + Character.toString(characters[i]);
            int reserved = i == characters.length - 1 ? 0 : ELLIPSIS.length();
            if (escaped.length() + next.length() + reserved > maxLength) {
                return escaped.append(ELLIPSIS).toString();
            }
            escaped.append(next);
        }
        return escaped.toString();
    }

    /** Returns a link, or the mere text when the address is none that people could follow. */
    static String link(String text, String url, int maxTextLength) {
        String label = escape(text, maxTextLength);
        return address(url)
                .map(address -> "[" + label + "](" + address.replace("(", "%28").replace(")", "%29") + ")")
                .orElse(label);
    }

    /** Returns an http or https address without user information, in ASCII; empty when the text is none or too long. */
    static Optional<String> address(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() == null || !url.getScheme().matches("(?i)https?")) {
                return Optional.empty();
            }
            String withoutUser = url.getRawUserInfo() == null
                    ? url.toASCIIString()
                    : url.toASCIIString().replaceFirst("//[^@/]*@", "//");
            return Optional.of(withoutUser).filter(address -> address.length() <= LONGEST_URL);
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
