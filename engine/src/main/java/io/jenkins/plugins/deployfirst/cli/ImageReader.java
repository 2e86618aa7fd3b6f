package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.deploy.ImageSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.Mode;
import java.util.Optional;

/** Reads the {@code mode} of an environment, and the section {@code image} that belongs to one of them. */
final class ImageReader {
    static final KnownKeys IMAGE = KnownKeys.of("tagVariable", "tag");

    private ImageReader() {}

    /** Returns how images are named; empty in a checkout. */
    static Optional<ImageSettings> read(YamlSection environment) {
        Mode mode =
                environment.get("mode").map(value -> value.oneOf(Mode.class)).orElse(Mode.CHECKOUT);
        Optional<YamlSection> section = environment.get("image").map(value -> value.section(IMAGE));
        if (mode == Mode.CHECKOUT) {
            section.ifPresent(image -> {
                throw image.place().about("has no effect without mode: image.", "Add that, or remove this section.");
            });
            return Optional.empty();
        }
        return Optional.of(section.map(ImageReader::settings)
                .orElse(new ImageSettings(ImageSettings.DEFAULT_TAG_VARIABLE, ImageSettings.DEFAULT_TAG)));
    }

    private static ImageSettings settings(YamlSection image) {
        String variable = image.text("tagVariable").orElse(ImageSettings.DEFAULT_TAG_VARIABLE);
        String tag = image.text("tag").orElse(ImageSettings.DEFAULT_TAG);
        return image.checked(() -> new ImageSettings(variable, tag));
    }
}
