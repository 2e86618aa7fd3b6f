package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words of a setting that has a few: an enum's constants in lower case with dashes, read in any case. */
public final class Words {
    private Words() {}

    /**
     * Reads a word.
     *
     * @throws DeployFirstException (USAGE) when there is no such word
     */
    public static <E extends Enum<E>> E parse(String field, @CheckForNull String text, Class<E> type, E otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        String word = normalize(text);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> DeployFirstException.usage(
                        field + ": \"" + OneLine.of(text, 60) + "\" is not allowed.", "Write " + all(type) + "."));
    }

    public static String word(Enum<?> constant) {
        return normalize(constant.name());
    }

    /** Returns a text in the form of a word, whether there is such a word or not. */
    static String normalize(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what a setter keeps: the text in the form of a word, or the word of the default for none. */
    public static String orDefault(@CheckForNull String text, Enum<?> otherwise) {
        return text == null || text.isBlank() ? word(otherwise) : normalize(text);
    }

    /** Returns the choices of a drop-down. */
    public static <E extends Enum<E>> ListBoxModel items(Class<E> type) {
        ListBoxModel items = new ListBoxModel();
        for (E constant : type.getEnumConstants()) {
            items.add(word(constant));
        }
        return items;
    }

    private static <E extends Enum<E>> String all(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::word).collect(Collectors.joining(" or "));
    }
}
