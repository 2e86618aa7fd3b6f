package io.jenkins.plugins.deployfirst.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image's tag as people write it: text with {@code {sha}}, {@code {shortSha}} and {@code {branchSlug}} in it.
 *
 * <p>Making one throws {@link DeployFirstException} (USAGE) when another word stands in braces.
 *
 * @param field the setting's name, for error messages
 * @param text such as {@code release-{shortSha}}
 */
public record TagPattern(String field, String text) {
    public static final String SHA = "sha";
    public static final String SHORT_SHA = "shortSha";
    public static final String BRANCH_SLUG = "branchSlug";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    /** What the reference grammar of images allows as a tag. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private static final String ALLOWED = "Write a tag of at most 128 letters, digits, dots, dashes and underscores, in"
            + " which {sha}, {shortSha} and {branchSlug} may stand.";

    public TagPattern {
        Matcher placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            if (!List.of(SHA, SHORT_SHA, BRANCH_SLUG).contains(placeholders.group(1))) {
                throw DeployFirstException.usage(
                        field + ": \"" + OneLine.of(placeholders.group(), 60) + "\" in \"" + OneLine.of(text, 100)
                                + "\" is not known.",
                        ALLOWED);
            }
        }
    }

    /** Returns whether a word stands in it between braces. */
    public boolean names(String word) {
        return text.contains("{" + word + "}");
    }

    /**
     * Returns the tag.
     *
     * @param sha the commit; may be empty when the pattern does not name it
     * @param branch the branch; may be empty when the pattern does not name it
     * @throws DeployFirstException (USAGE) when one of them is needed and is not there, or the outcome is no tag
     */
    public String expand(Optional<CommitSha> sha, Optional<String> branch) {
        Map<String, Optional<String>> values = Map.of(
                SHA, sha.map(CommitSha::value),
                SHORT_SHA, sha.map(CommitSha::abbreviated),
                BRANCH_SLUG, branch.map(BranchSlug::of).filter(slug -> !slug.isEmpty()));
        String tag = PLACEHOLDER.matcher(text).replaceAll(found -> value(found.group(1), values, branch));
        if (!TAG.matcher(tag).matches()) {
            throw DeployFirstException.usage(
                    field + ": \"" + OneLine.of(tag, 150) + "\" is not a tag"
                            + (tag.length() > 128 ? ": it has " + tag.length() + " characters." : "."),
                    ALLOWED);
        }
        return tag;
    }

    private String value(String word, Map<String, Optional<String>> values, Optional<String> branch) {
        return values.get(word).orElseThrow(() -> {
            String problem = field + ": \"" + text + "\" cannot be filled in: ";
            if (!word.equals(BRANCH_SLUG)) {
                return DeployFirstException.usage(problem + "the commit is not known.", "Give sha.");
            }
            return DeployFirstException.usage(
                    problem
                            + branch.map(name -> "nothing of the branch's name \"" + OneLine.of(name, 60)
                                            + "\" is a letter or a digit.")
                                    .orElse("the branch is not known."),
                    "Give branch, or tags without {branchSlug}.");
        });
    }

    @Override
    public String toString() {
        return text;
    }
}
