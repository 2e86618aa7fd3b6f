package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.regex.Pattern;

/** The tag of images, as Docker allows one. */
public record ImageTag(String value) {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    /**
     * Checks a tag.
     *
     * @throws DeployFirstException (USAGE) when Docker does not allow it
     */
    public ImageTag {
        require("tag", value);
    }

    static void require(String field, String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw DeployFirstException.usage(
                    field + ": \"" + OneLine.of(tag, 150) + "\" is not a tag that Docker allows.",
                    "Use letters, digits, dots, dashes and underscores, at most 128, not starting with a dot or dash.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
