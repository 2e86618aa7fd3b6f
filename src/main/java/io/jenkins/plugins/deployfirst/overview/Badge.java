package io.jenkins.plugins.deployfirst.overview;

import hudson.Util;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * A small picture of an environment's state. It is asked for anew each time, and sent only when it has changed.
 *
 * @param svg the picture
 */
record Badge(String svg) implements HttpResponse {
    private static final String GREEN = "#1e6f31";
    private static final String YELLOW = "#8a6100";
    private static final String RED = "#b3261e";
    private static final String GREY = "#5f6368";
    private static final int LONGEST = 60;
    private static final int PADDING = 12;
    private static final double CHARACTER = 6.6;

    private static final String PICTURE = """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%5$s: %6$s">\
            <title>%5$s: %6$s</title>\
            <rect width="%1$d" height="20" rx="3" fill="#444444"/>\
            <path d="M%2$d 0h%3$dq3 0 3 3v14q0 3 -3 3h-%3$dz" fill="%4$s"/>\
            <g fill="#ffffff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">\
            <text x="%7$d" y="14">%5$s</text><text x="%8$d" y="14">%6$s</text>\
            </g></svg>""";

    static Badge of(EnvironmentView view) {
        return new Badge(draw(view.getName(), text(view), colour(view)));
    }

    private static String text(EnvironmentView view) {
        String release = view.getLive().isKnown() ? view.getLive().getName() : "";
        String state;
        if (!view.getAttention().isEmpty()) {
            state = view.getAttention().get(0).getText();
        } else if (!view.getWatches().isEmpty()) {
            state = Messages.Badge_watched();
        } else if (view.isLiveValidated()) {
            state = Messages.Badge_validated();
        } else {
            state = release.isEmpty() ? Messages.Health_unknown() : "";
        }
        return release.isEmpty() || state.isEmpty() ? release + state : release + ", " + state;
    }

    private static String colour(EnvironmentView view) {
        return switch (view.getSymbol()) {
            case "symbol-status-red" -> RED;
            case "symbol-status-yellow" -> YELLOW;
            case "symbol-status-blue" -> GREEN;
            default -> GREY;
        };
    }

    static String draw(String label, String text, String colour) {
        String left = cut(label);
        String right = cut(text);
        int leftWidth = width(left);
        int rightWidth = width(right);
        return PICTURE.formatted(
                leftWidth + rightWidth,
                leftWidth,
                rightWidth - 3,
                colour,
                Util.xmlEscape(left).replace("\"", "&quot;"),
                Util.xmlEscape(right).replace("\"", "&quot;"),
                leftWidth / 2,
                leftWidth + rightWidth / 2);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static int width(String text) {
        return (int) Math.round(text.length() * CHARACTER) + PADDING;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        String tag = "\"" + Util.getDigestOf(svg) + "\"";
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "no-cache");
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("image/svg+xml;charset=UTF-8");
        response.getOutputStream().write(svg.getBytes(StandardCharsets.UTF_8));
    }
}
