package io.jenkins.plugins.deployfirst.action;

import java.util.regex.Pattern;

/** Tells addresses that may become links from others: who wrote them is not trusted with other schemes. */
public final class WebAddress {
    private static final Pattern WEB = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE);

    private WebAddress() {}

    /** Returns whether it leads to a page of the web. */
    public static boolean isSafe(String url) {
        return WEB.matcher(url).matches();
    }
}
