package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.MarkupText;
import hudson.console.ConsoleAnnotationDescriptor;
import hudson.console.ConsoleAnnotator;
import hudson.console.HyperlinkNote;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A link in a log to a setting, which only those see as a link who may change it. */
public final class SettingNote extends HyperlinkNote {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(SettingNote.class.getName());

    private final String folder;

    private SettingNote(SettingPlace place, int length) {
        super(place.url(), length);
        this.folder = place.folder();
    }

    /** Returns a text that is a link in a log. */
    static String encodeTo(SettingPlace place, String text) {
        try {
            return new SettingNote(place, text.length()).encode() + text;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "A link to a setting is not shown");
            return text;
        }
    }

    @CheckForNull
    @Override
    public ConsoleAnnotator<?> annotate(Object context, MarkupText text, int charPos) {
        return SettingPlace.mayConfigure(folder) ? super.annotate(context, text, charPos) : null;
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends ConsoleAnnotationDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SettingNote_displayName();
        }
    }
}
