package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.TagPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes many of one: the combinations of a matrix's values, each filled into what is written as {@code {axis}}. */
public final class ImageMatrix {
    private static final Pattern AXIS = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final List<String> TAKEN = List.of(TagPattern.SHA, TagPattern.SHORT_SHA, TagPattern.BRANCH_SLUG);

    private ImageMatrix() {}

    /**
     * Returns what fills in each combination, the last axis changing fastest; one that changes nothing when there is no
     * axis.
     *
     * @param axes the values of each axis
     * @throws DeployFirstException (USAGE) when an axis has no value, or a name that cannot stand in braces
     */
    public static List<UnaryOperator<String>> combinations(Map<String, List<String>> axes) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
            requireAxis(axis.getKey(), axis.getValue());
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> combination : combinations) {
                for (String value : axis.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(combination);
                    next.put(axis.getKey(), value);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations.stream().map(ImageMatrix::filler).toList();
    }

    private static UnaryOperator<String> filler(Map<String, String> combination) {
        Pattern placeholder = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");
        // What is not an axis is left as it is: {sha}, or JSON in a build argument.
        return text -> placeholder
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(combination.getOrDefault(found.group(1), found.group())));
    }

    private static void requireAxis(String name, List<String> values) {
        String shown = OneLine.of(name, 60);
        if (!AXIS.matcher(name).matches() || TAKEN.contains(name)) {
            throw DeployFirstException.usage(
                    "matrix: \"" + shown + "\" cannot be an axis.",
                    "Use letters, digits and underscores, and none of " + String.join(", ", TAKEN) + ".");
        }
        if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
            throw DeployFirstException.usage(
                    "matrix." + shown + ": " + (values.isEmpty() ? "has no values." : "has an empty value."),
                    "Give a list of texts, such as " + shown + ": ['billing', 'search'].");
        }
    }
}
