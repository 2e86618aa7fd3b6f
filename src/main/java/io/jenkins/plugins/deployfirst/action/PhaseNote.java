package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.MarkupText;
import hudson.console.ConsoleAnnotationDescriptor;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleNote;
import io.jenkins.plugins.deployfirst.agent.LogProgress;
import java.io.IOException;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;

/**
 * Gives the line of a log where a phase begins an anchor that pages link to. The note only says which step of the build it
 * is; which phase, the line says itself. So one note, made on the controller, serves a whole flow on an agent.
 */
public final class PhaseNote extends ConsoleNote<Object> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(PhaseNote.class.getName());
    private static final Pattern LINE =
            Pattern.compile("\\[ *(\\d+\\.\\d) s\\]  (.*)" + Pattern.quote(LogProgress.PHASE_BEGINS) + "\\s*");
    private static final Pattern UNSAFE = Pattern.compile("[^a-z0-9]+");

    private final String id;

    private PhaseNote(String id) {
        this.id = id;
    }

    /** Returns the note as it stands in a log; empty when it cannot be made, since a log without links is one too. */
    static String mark(String id) {
        try {
            return new PhaseNote(id).encode();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The phases of a log cannot be linked to");
            return "";
        }
    }

    /**
     * Returns the anchor of a phase.
     *
     * @param id the record's
     * @param startMillis when the phase began, from the flow's start
     */
    static String anchor(String id, long startMillis, String name) {
        return anchor(id, LogProgress.seconds(startMillis), name);
    }

    private static String anchor(String id, String seconds, String name) {
        return "deploy-first-" + slug(id) + "-" + slug(seconds) + "-" + slug(name);
    }

    private static String slug(String text) {
        return UNSAFE.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
    }

    @Override
    public ConsoleAnnotator<Object> annotate(Object context, MarkupText text, int charPos) {
        Matcher line = LINE.matcher(text.getText()).region(charPos, text.length());
        if (line.matches()) {
            String anchor = anchor(id, line.group(1), line.group(2));
            text.addMarkup(charPos, line.end(2), "<span class='deploy-first-phase' id='" + anchor + "'>", "</span>");
        }
        return null;
    }

    /** Describes the note, and brings the script that finds the line in a log that is still growing. */
    @Extension
    @Symbol("deployFirstPhase")
    public static final class DescriptorImpl extends ConsoleAnnotationDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PhaseNote_displayName();
        }
    }
}
