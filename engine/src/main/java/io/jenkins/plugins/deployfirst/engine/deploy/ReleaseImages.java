package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.command.Docker;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Brings the images of a release to the host while the old containers run: pulled, built, or those that it had before.
 *
 * @param info what compose has found in the release's files
 */
record ReleaseImages(EnvironmentShell shell, Carrier carrier, Progress progress, ComposeInfo info, Release release) {
    /**
     * Brings them.
     *
     * @param again whether the release was live before, and gets the images that it had then
     */
    void bring(boolean again) throws InterruptedException {
        List<Docker.Renaming> known = again ? known() : List.of();
        Set<String> gone = known.isEmpty() ? Set.of() : Set.copyOf(shell.rename(known));
        List<String> there = known.stream()
                .map(Docker.Renaming::service)
                .filter(service -> !gone.contains(service))
                .toList();
        List<ComposeInfo.Service> left = info.services().stream()
                .filter(service -> !there.contains(service.name()))
                .toList();
        if (!left.isEmpty()) {
            shell.prepareImages(info.of(left), release);
        }
        tellOthers(
                known.stream().filter(image -> gone.contains(image.service())).toList());
        if (!again) {
            tellOtherCommits();
        }
    }

    /** Leaves the names that were taken to the images that had them before. */
    void leaveTo(ContainerImages before) throws InterruptedException {
        List<Docker.Renaming> names = info.services().stream()
                .filter(carrier::remembers)
                .filter(service -> before.byService().containsKey(service.name()))
                .map(service -> {
                    ContainerImages.Image image = before.byService().get(service.name());
                    return new Docker.Renaming(service.name(), image.id(), image.name());
                })
                .toList();
        if (!names.isEmpty()) {
            shell.rename(names);
        }
    }

    /** The images that the release's services ran, under the names that compose has for them now. */
    private List<Docker.Renaming> known() throws InterruptedException {
        List<ComposeInfo.Service> services =
                info.services().stream().filter(carrier::remembers).toList();
        if (services.isEmpty()) {
            return List.of();
        }
        ContainerImages images = release.images().isEmpty()
                ? Release.of(release.sha(), shell.entriesOf(release.sha())).images()
                : release.images();
        List<Docker.Renaming> known = new ArrayList<>();
        for (ComposeInfo.Service service : services) {
            ContainerImages.Image image = images.byService().get(service.name());
            if (image != null) {
                String name = service.image().isEmpty() ? image.name() : service.image();
                known.add(new Docker.Renaming(service.name(), image.id(), name));
            }
        }
        return known;
    }

    private void tellOthers(List<Docker.Renaming> gone) throws InterruptedException {
        if (gone.isEmpty()) {
            return;
        }
        List<EnvironmentShell.Revision> now =
                shell.revisions(gone.stream().map(Docker.Renaming::name).toList());
        for (Docker.Renaming image : gone) {
            now.stream()
                    .filter(found ->
                            found.name().equals(image.name()) && !found.id().equals(image.id()))
                    .forEach(found ->
                            progress.warn(image.name() + " is another image now, " + found.id() + "; the one that "
                                    + release.abbreviated() + " ran as " + image.service() + ", " + image.id()
                                    + ", is not on the host any more."));
        }
    }

    /** A label may come from a base image, so it is no reason to refuse a commit that was named. */
    private void tellOtherCommits() throws InterruptedException {
        if (release.tag().isEmpty() || release.sha().isEmpty()) {
            return;
        }
        for (EnvironmentShell.Revision image : tagged()) {
            if (Release.isFullSha(image.commit()) && !image.commit().equals(release.sha())) {
                progress.warn(image.name() + " says that it was built of " + image.commit() + ", not of "
                        + release.sha() + ".");
            }
        }
    }

    /**
     * Makes sure that what was pulled is what was validated. Digests are compared, since the ids of one release differ
     * between architectures; what is of another repository, or of which no digest is known, is taken as it is.
     *
     * @throws DeployFirstException (FAILED_UNCHANGED) when a tag stands for another image by now
     */
    void requireThoseOf(ValidatedResult validated) throws InterruptedException {
        for (String name : taggedNames()) {
            List<String> wanted = of(name, validated.digests());
            List<String> found = wanted.isEmpty() ? List.of() : of(name, shell.digests(List.of(name)));
            if (!found.isEmpty() && Collections.disjoint(wanted, found)) {
                throw DeployFirstException.unchanged(
                        "tag: " + name + " is another image now (" + String.join(" ", found)
                                + ") than the one that was validated on " + validated.environment() + " ("
                                + String.join(" ", wanted) + ").",
                        "Validate the image of now there first, or push the validated one under this tag again."
                                + " A tag with the commit in it, as image.tag: \"{sha}\" makes it, never moves.");
            }
        }
    }

    /** Returns the digests of the repository that an image is named after. */
    private static List<String> of(String name, List<String> digests) {
        int colon = name.lastIndexOf(':');
        String repository = colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
        return digests.stream()
                .filter(digest -> digest.startsWith(repository + "@"))
                .map(digest -> digest.substring(repository.length() + 1))
                .toList();
    }

    /**
     * Has the images tell the release's commit.
     *
     * @throws DeployFirstException (FAILED_UNCHANGED) when they do not, or not all the same
     */
    Release revision() throws InterruptedException {
        List<String> commits = tagged().stream()
                .map(EnvironmentShell.Revision::commit)
                .filter(Release::isFullSha)
                .distinct()
                .toList();
        if (commits.size() == 1) {
            return new Release(commits.get(0), "", "", "", release.tag(), release.images());
        }
        String found =
                commits.isEmpty() ? "do not say of which commit they are" : "say " + String.join(" and ", commits);
        throw DeployFirstException.unchanged(
                "tag: the images with the tag " + release.tag() + " " + found
                        + " (label org.opencontainers.image.revision).",
                "Name the commit too (--sha, or the parameter sha), or have the build label the images.");
    }

    private List<EnvironmentShell.Revision> tagged() throws InterruptedException {
        return shell.revisions(taggedNames());
    }

    private List<String> taggedNames() {
        return release.tag().isEmpty()
                ? List.of()
                : info.services().stream()
                        .map(ComposeInfo.Service::image)
                        .filter(image -> image.contains(release.tag()))
                        .distinct()
                        .toList();
    }
}
