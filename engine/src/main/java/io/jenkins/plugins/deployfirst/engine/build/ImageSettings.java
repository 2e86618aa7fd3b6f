package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One image to build.
 *
 * <p>Making one throws {@link DeployFirstException} (USAGE) when a part of it is wrong, naming the field.
 *
 * @param name without a tag, such as {@code team/shop}; the registry comes before it unless it names one
 * @param context the folder that is sent to the builder, in the workspace
 * @param dockerfile in the workspace; empty: {@code Dockerfile} in the context
 * @param target the stage of the Dockerfile; empty: the last one
 * @param buildArgs by name
 * @param cacheFrom names of images whose layers are used again; one that is not there is no failure. A tag may hold what
 *     {@link io.jenkins.plugins.deployfirst.engine.TagPattern} knows
 * @param labels by name
 */
public record ImageSettings(
        String name,
        String context,
        Optional<String> dockerfile,
        Optional<String> target,
        Map<String, String> buildArgs,
        List<String> cacheFrom,
        Map<String, String> labels) {
    /** The label that says which commit an image was built from. */
    public static final String REVISION = "org.opencontainers.image.revision";

    /** The reference grammar of images: a registry or nothing, and path components in lower case. */
    private static final Pattern NAME = Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::\\d{1,5})?/)?"
            + "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

    private static final Pattern REFERENCE = Pattern.compile(NAME + "(?::[\\w{][\\w.{}-]*)?(?:@sha256:[0-9a-f]{64})?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LABEL = Pattern.compile("[^\\s=\\p{Cntrl}]+");
    private static final Pattern STAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(passw(or)?d|passphrase|secret|token|credential|(api|private|access)_?key).*");
    private static final int LONGEST_NAME = 255;

    public ImageSettings {
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        cacheFrom = List.copyOf(cacheFrom);
        requireName(name);
        String where = "images." + name + ".";
        require(!context.isBlank(), where + "context: is empty", "Write . for the workspace itself.");
        require(
                !context.contains("://") && !context.startsWith("git@"),
                where + "context: \"" + shown(context) + "\" is not a folder of the workspace",
                "Check the code out first, and name the folder.");
        target.ifPresent(stage -> require(
                STAGE.matcher(stage).matches(),
                where + "target: \"" + shown(stage) + "\" is not the name of a stage",
                "Write the name after AS in the Dockerfile."));
        buildArgs
                .keySet()
                .forEach(key -> require(
                        VARIABLE.matcher(key).matches(),
                        where + "buildArgs: \"" + shown(key) + "\" is not a variable's name",
                        "Use letters, digits and underscores, as ARG in the Dockerfile does."));
        labels.keySet().forEach(key -> requireLabel(where, key));
        cacheFrom.forEach(image -> require(
                REFERENCE.matcher(image).matches(),
                where + "cacheFrom: \"" + shown(image) + "\" is not the name of an image",
                "Write it as docker pull takes it, such as shop:latest."));
        Stream.of(Stream.of(context, dockerfile.orElse("")), buildArgs.values().stream(), labels.values().stream())
                .flatMap(texts -> texts)
                .forEach(text -> require(
                        text.indexOf('\0') < 0,
                        where + " a value holds a NUL character, which no command line can carry",
                        "Leave it out."));
    }

    /**
     * Checks an image's name.
     *
     * @throws DeployFirstException (USAGE) when it is none, or has a tag
     */
    public static void requireName(String name) {
        require(!name.isBlank(), "images: the name of an image is empty", "Give each image a name, such as shop.");
        require(
                NAME.matcher(name).matches() && name.length() <= LONGEST_NAME,
                "images.name: \"" + shown(name) + "\" is not the name of an image",
                "Use lower-case letters, digits, single dots, dashes and underscores, and slashes between the parts; at"
                        + " most " + LONGEST_NAME + " characters. The tag goes into tags.");
    }

    private static void requireLabel(String where, String key) {
        require(
                LABEL.matcher(key).matches(),
                where + "labels: \"" + shown(key) + "\" is not a label's name",
                "Leave out white space and equals signs.");
        require(
                !key.equals(REVISION),
                where + "labels: " + REVISION + " is set to the commit by itself",
                "Leave it out.");
    }

    private static void require(boolean right, String problem, String remedy) {
        if (!right) {
            throw DeployFirstException.usage(problem + ".", remedy);
        }
    }

    private static String shown(String text) {
        return OneLine.of(text, 100);
    }

    /** Returns the names of build arguments that look like secrets; everybody who has the image can read what they hold. */
    List<String> secretLooking() {
        return buildArgs.keySet().stream()
                .filter(key -> SECRET.matcher(key).matches())
                .collect(Collectors.toList());
    }
}
