package io.jenkins.plugins.deployfirst.config;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** What a test of settings found, one line for each thing that was looked at. */
public final class Checklist implements HttpResponse {
    private final List<Line> lines = new ArrayList<>();

    /**
     * One line.
     *
     * @param ok whether it is as it should be
     * @param subject what was looked at
     * @param text what was found, or what is wrong
     * @param remedy what to do about it; empty when there is nothing to do
     * @param paste what to paste into the form to mend it; empty: nothing
     */
    public record Line(boolean ok, String subject, String text, String remedy, String paste) {}

    void ok(String subject, String text) {
        lines.add(new Line(true, subject, text, "", ""));
    }

    void failed(String subject, String text, String remedy) {
        lines.add(new Line(false, subject, text, remedy, ""));
    }

    void failed(String subject, DeployFirstException problem) {
        failed(subject, problem.problem(), problem.remedy());
    }

    /** Adds what can be mended by pasting a text into the form. */
    void failed(String subject, String text, String remedy, String paste) {
        lines.add(new Line(false, subject, text, remedy, paste));
    }

    public List<Line> getLines() {
        return List.copyOf(lines);
    }

    /** Returns whether everything is as it should be. */
    public boolean isOk() {
        return lines.stream().allMatch(Line::ok);
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        HttpResponses.forwardToView(this, "index").generateResponse(request, response, node);
    }
}
