package io.jenkins.plugins.deployfirst.engine;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts what was written apart together as sentences, each of which ends before the next one begins. */
public final class Sentences {
    private static final String ENDS = ".!?…";

    private Sentences() {}

    /** Returns the sentences with one space between them; empty ones and nulls are left out. */
    public static String join(String... sentences) {
        return Arrays.stream(sentences)
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(sentence -> !sentence.isEmpty())
                .map(Sentences::ended)
                .collect(Collectors.joining(" "));
    }

    /** Returns the sentence with a full stop, unless it has come to an end without one. */
    private static String ended(String sentence) {
        return ENDS.indexOf(sentence.charAt(sentence.length() - 1)) >= 0 ? sentence : sentence + ".";
    }
}
