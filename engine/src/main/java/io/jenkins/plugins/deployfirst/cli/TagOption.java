package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.deploy.ImageTag;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names the tag of a release's images. */
final class TagOption {
    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description =
                    "The tag of the images, in an environment of mode image; default: as image.tag makes it of the"
                            + " commit.")
    private String tag;

    /**
     * Returns the tag; empty when none was given.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when Docker does not allow it
     */
    Optional<ImageTag> value() {
        return Optional.ofNullable(tag).map(ImageTag::new);
    }
}
