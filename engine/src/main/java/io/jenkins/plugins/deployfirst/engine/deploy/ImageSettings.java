package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the images of an environment's releases are named, where it is the tag of images that carries a release.
 *
 * @param tagVariable the variable in the compose files that holds the tag; its line in {@code .env} is kept up to date;
 *     default {@code IMAGE_TAG}
 * @param tag the tag of a commit's images, with <code>{sha}</code> or <code>{shortSha}</code> (7 digits) in it; default
 *     <code>{sha}</code>
 */
public record ImageSettings(String tagVariable, String tag) {
    public static final String DEFAULT_TAG_VARIABLE = "IMAGE_TAG";
    public static final String DEFAULT_TAG = "{sha}";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern TAKEN =
            Pattern.compile("(?:COMPOSE|DOCKER|LD|LC)_.*|PATH|HOME|PWD|IFS|ENV|LANG|SHELL");
    private static final String SHA = "{sha}";
    private static final String SHORT_SHA = "{shortSha}";
    private static final String EXAMPLE_SHA = "0".repeat(40);

    public ImageSettings {
        if (!VARIABLE.matcher(tagVariable).matches()) {
            throw DeployFirstException.usage(
                    "image.tagVariable: \"" + OneLine.of(tagVariable, 100) + "\" is not the name of a variable.",
                    "Use letters, digits and underscores, not starting with a digit, such as IMAGE_TAG.");
        }
        if (TAKEN.matcher(tagVariable).matches()) {
            throw DeployFirstException.usage(
                    "image.tagVariable: " + tagVariable + " means something else to the shell, Docker or compose.",
                    "Choose another name, such as IMAGE_TAG, in the compose files too.");
        }
        if (!tag.contains(SHA) && !tag.contains(SHORT_SHA)) {
            throw DeployFirstException.usage(
                    "image.tag: \"" + OneLine.of(tag, 100) + "\" is the same for every commit.",
                    "Write {sha} or {shortSha} where the commit stands in the tag; name a fixed tag when you deploy.");
        }
        ImageTag.require("image.tag", fill(tag, EXAMPLE_SHA));
    }

    /** Returns the tag of a commit's images. */
    public String tagOf(String sha) {
        return fill(tag, sha);
    }

    private static String fill(String pattern, String sha) {
        String filled = pattern;
        for (String[] word :
                List.of(new String[] {SHA, sha}, new String[] {SHORT_SHA, new CommitSha(sha).abbreviated()})) {
            filled = filled.replace(word[0], word[1]);
        }
        return filled;
    }
}
