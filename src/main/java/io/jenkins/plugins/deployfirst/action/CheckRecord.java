package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A check of a commit as the CI server reported it last, as it is kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 4)
public final class CheckRecord implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern WEB = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final String state;
    private final String conclusion;
    private final String url;

    CheckRecord(ResultMap map) {
        this.name = map.text("name");
        this.state = map.text("state");
        this.conclusion = map.text("conclusion");
        this.url = map.text("url");
    }

    @Exported
    public String getName() {
        return Util.fixNull(name);
    }

    /** Returns {@code PENDING}, {@code SUCCEEDED}, {@code NEUTRAL} or {@code FAILED}. */
    @Exported
    public String getState() {
        return Util.fixNull(state);
    }

    /** Returns what the server calls the state, such as {@code timed_out}. */
    @Exported
    public String getConclusion() {
        return Util.fixNull(conclusion);
    }

    @Exported
    public String getUrl() {
        return Util.fixNull(url);
    }

    /** Returns whether the URL may become a link: CI servers are not trusted with other schemes. */
    public boolean isLink() {
        return WEB.matcher(getUrl()).matches();
    }

    /** Returns the symbol that stands for the state, beside the words. */
    public String getSymbol() {
        return switch (getState()) {
            case "SUCCEEDED" -> "symbol-status-blue";
            case "FAILED" -> "symbol-status-red";
            case "PENDING" -> "symbol-status-nobuilt";
            default -> "symbol-status-disabled";
        };
    }
}
