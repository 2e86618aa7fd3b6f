package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.TagPattern;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import io.jenkins.plugins.deployfirst.engine.workspace.Workspace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which images to build, and what becomes of them.
 *
 * <p>Making one throws {@link DeployFirstException} (USAGE) when a part of it is wrong, naming the field.
 *
 * @param workspace the checkout that they are built from
 * @param images at least one, each of another name
 * @param tags what each gets; empty: {@link #DEFAULT_TAGS}, without the branch where it is not known
 * @param registry where their names lead to; empty: Docker Hub, without a login
 * @param push whether they are pushed when all are built
 * @param concurrency how many are built or pushed at the same time, 1 to {@value #MOST_AT_ONCE}
 * @param submodules how submodules are brought; empty: they are not
 * @param sha the full commit; empty: what the workspace has checked out
 * @param branch for {@code {branchSlug}}; empty: what the workspace has checked out, if that is a branch
 * @param timeout for each image's build, and for each push
 */
public record BuildImagesRequest(
        Workspace workspace,
        List<ImageSettings> images,
        List<String> tags,
        Optional<Registry> registry,
        boolean push,
        int concurrency,
        Optional<SubmoduleSettings> submodules,
        Optional<CommitSha> sha,
        Optional<String> branch,
        Duration timeout) {
    public static final List<String> DEFAULT_TAGS = List.of("latest", "{sha}", "{shortSha}", "{branchSlug}");
    public static final int DEFAULT_CONCURRENCY = 2;
    public static final int MOST_AT_ONCE = 32;
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    public BuildImagesRequest {
        images = List.copyOf(images);
        tags = List.copyOf(tags);
        if (images.isEmpty()) {
            throw DeployFirstException.usage("images: is empty.", "Give at least one image, such as [name: 'shop'].");
        }
        Set<String> names = new HashSet<>();
        for (ImageSettings image : images) {
            if (!names.add(registry.map(home -> home.qualify(image.name())).orElse(image.name()))) {
                throw DeployFirstException.usage(
                        "images: two of them are named " + image.name() + ".",
                        "Give each a name of its own; with a matrix, put every axis into the name.");
            }
        }
        tags.forEach(tag -> new TagPattern("tags", tag));
        requireConcurrency(concurrency);
        sha.filter(commit -> !commit.isFull()).ifPresent(commit -> {
            throw DeployFirstException.usage(
                    "sha: " + commit + " is abbreviated, and the images are marked with it.",
                    "Give all of it, such as GIT_COMMIT or $(git rev-parse HEAD).");
        });
        if (timeout.isZero() || timeout.isNegative()) {
            throw DeployFirstException.usage("timeout: is not more than zero.", "Write how long one image may take.");
        }
    }

    /**
     * Checks how many are built at the same time.
     *
     * @throws DeployFirstException (USAGE) when it is less than 1 or more than {@value #MOST_AT_ONCE}
     */
    public static void requireConcurrency(int concurrency) {
        if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
            throw DeployFirstException.usage(
                    "concurrency: " + concurrency + " is not between 1 and " + MOST_AT_ONCE + ".", "Write 2, say.");
        }
    }
}
