package io.jenkins.plugins.deployfirst.action;

import java.util.regex.Pattern;

/** Tells addresses that may become links from others: who wrote them is not trusted with other schemes. */
final class WebAddress {
    private static final Pattern WEB = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE);

    private WebAddress() {}

    static boolean isSafe(String url) {
        return WEB.matcher(url).matches();
    }
}
