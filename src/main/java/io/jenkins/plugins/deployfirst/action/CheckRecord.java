package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.ci.Check;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A check of a commit as the CI server reported it last, as it is kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 4)
public final class CheckRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String state;
    private final String conclusion;
    private final String url;
    private final String step;
    private final ArrayList<String> log;

    CheckRecord(ResultMap map) {
        this.name = map.text("name");
        this.state = map.text("state");
        this.conclusion = map.text("conclusion");
        this.url = map.text("url");
        this.step = map.text("step");
        this.log = new ArrayList<>(map.texts("log"));
    }

    /** Makes one of what a read of CI has found, which does not tell why a check failed. */
    CheckRecord(Check check) {
        this.name = ResultMap.fit(check.name());
        this.state = check.state().name();
        this.conclusion = ResultMap.fit(check.conclusion());
        this.url = ResultMap.fit(check.url());
        this.step = "";
        this.log = new ArrayList<>();
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

    public boolean isLink() {
        return WebAddress.isSafe(getUrl());
    }

    /** Returns the step of the job that failed; empty when that is not known. */
    @Exported
    public String getStep() {
        return Util.fixNull(step);
    }

    /** Returns the end of the failed job's log; empty when that is not known. */
    @Exported
    public List<String> getLog() {
        return log == null ? List.of() : List.copyOf(log);
    }

    /** Returns the end of the failed job's log as one text. */
    public String getLogText() {
        return String.join("\n", getLog());
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
