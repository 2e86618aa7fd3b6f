package io.jenkins.plugins.deployfirst.engine.build;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.TagPattern;
import io.jenkins.plugins.deployfirst.engine.command.DockerBuild;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found in the workspace, and what is to be built of it. */
final class Checkout {
    private final BuildImagesRequest request;
    private final ScriptResult found;
    private final Progress progress;

    /**
     * Reads what {@link DockerBuild#look} reported.
     *
     * @throws DeployFirstException (USAGE) when an image has no context or no Dockerfile in the workspace
     */
    Checkout(BuildImagesRequest request, ScriptResult found, Progress progress) {
        this.request = request;
        this.found = found;
        this.progress = progress;
        String wrong = found.value("wrong");
        if (!wrong.isEmpty()) {
            throw wrong(wrong.lines().toList());
        }
    }

    private DeployFirstException wrong(List<String> lines) {
        List<String> problems = lines.stream().map(this::wrong).toList();
        return DeployFirstException.usage(
                String.join(" ", problems),
                "Write contexts and Dockerfiles relative to the workspace, such as context: 'backend', dockerfile:"
                        + " 'backend/Dockerfile'.");
    }

    private String wrong(String line) {
        String[] words = line.split(" ");
        ImageSettings image = request.images().get(Integer.parseInt(words[0]));
        String dockerfile = image.dockerfile().orElse(image.context() + "/Dockerfile");
        String field = words[1].startsWith("context")
                ? "context: \"" + image.context() + "\""
                : "dockerfile: \"" + dockerfile + "\"";
        String what = words[1].endsWith("outside") ? " is outside the workspace." : " is not there.";
        return "images." + image.name() + "." + field + what;
    }

    boolean hasBuildKit() {
        return found.value("buildkit").equals("yes");
    }

    /** Returns the commit that the images are marked with. */
    Optional<CommitSha> sha() {
        Optional<CommitSha> head = Optional.of(found.value("head").strip())
                .filter(text -> !text.isEmpty())
                .map(CommitSha::new);
        if (request.sha().isPresent() && head.isPresent() && !request.sha().equals(head)) {
            progress.warn("sha: the workspace has " + head.get().abbreviated() + " checked out, not "
                    + request.sha().get().abbreviated() + ", which the images are marked with.");
        }
        return request.sha().or(() -> head);
    }

    private Optional<String> branch() {
        return request.branch()
                .or(() -> Optional.of(found.value("branch").strip()).filter(text -> !text.isEmpty()));
    }

    /** Returns the images with their names, tags and labels, by their number in the request. */
    List<PlannedImage> plan() {
        Optional<CommitSha> sha = sha();
        List<String> tags = tags(sha);
        List<PlannedImage> images = new ArrayList<>();
        for (int number = 0; number < request.images().size(); number++) {
            ImageSettings image = request.images().get(number);
            String repository = qualify(image.name());
            Map<String, String> labels = new HashMap<>(image.labels());
            sha.ifPresent(commit -> labels.put(ImageSettings.REVISION, commit.value()));
            DockerBuild build = new DockerBuild(
                    found.value("context_" + number),
                    found.value("dockerfile_" + number),
                    image.target(),
                    image.buildArgs(),
                    labels,
                    image.cacheFrom().stream().map(cache -> cache(cache, sha)).toList(),
                    tags.stream().map(tag -> repository + ":" + tag).toList());
            images.add(new PlannedImage(number, image.name(), repository, tags, build));
        }
        return images;
    }

    private List<String> tags(Optional<CommitSha> sha) {
        boolean byDefault = request.tags().isEmpty();
        return (byDefault ? BuildImagesRequest.DEFAULT_TAGS : request.tags())
                .stream()
                        .map(tag -> new TagPattern("tags", tag))
                        .filter(tag -> !byDefault || !tag.names(TagPattern.BRANCH_SLUG) || branch().isPresent())
                        .map(tag -> tag.expand(sha, branch()))
                        .distinct()
                        .toList();
    }

    private String cache(String image, Optional<CommitSha> sha) {
        int colon = image.lastIndexOf(':');
        if (colon < image.lastIndexOf('/') || image.contains("@")) {
            return qualify(image);
        }
        String tag = image.substring(colon + 1);
        return colon < 0
                ? qualify(image)
                : qualify(image.substring(0, colon)) + ":" + new TagPattern("cacheFrom", tag).expand(sha, branch());
    }

    private String qualify(String name) {
        return request.registry().map(home -> home.qualify(name)).orElse(name);
    }
}
