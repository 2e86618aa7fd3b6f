package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import io.jenkins.plugins.deployfirst.engine.state.Journal;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.List;
import java.util.Optional;

/**
 * What an environment's host runs and remembers, at the moment of looking.
 *
 * @param live what its checkout holds
 * @param directory the checkout's path without symbolic links
 * @param validatedText what the validated SHA's file holds, without white space; empty when there is no file or no text
 * @param validated the full SHA that it names; empty when it names none
 * @param journal what happened
 * @param compose what was found out about compose before
 * @param containers every container that compose made on this host
 * @param images what these run, in lines; empty when that was not asked
 */
record HostState(
        Release live,
        String directory,
        String validatedText,
        Optional<String> validated,
        Journal journal,
        Optional<ComposeInfo> compose,
        List<Container> containers,
        String images) {

    /** What a rollback returns to. */
    record RollbackPoint(Release release, boolean provisional) {
        String sha() {
            return release.sha();
        }
    }

    static HostState of(ScriptResult result, Carrier carrier) {
        return new HostState(
                carrier.live(result),
                result.value("directory"),
                result.value("validatedText"),
                Optional.of(result.value("validated")).filter(sha -> sha.matches("[0-9a-f]{40}|[0-9a-f]{64}")),
                Journal.of(
                        result.value("journal"),
                        result.value("journalFirst"),
                        result.value("journalValidated"),
                        result.value("journalOfSha")),
                ComposeInfo.parse(result.value("compose")),
                Container.parseAll(result.value("containers")),
                result.value("images"));
    }

    /** Returns the last validated release: the file's, or where that is missing or damaged the journal's. */
    Optional<String> lastValidated() {
        return validated.or(journal::lastValidated);
    }

    /**
     * Returns what a rollback returns to. Before any release is validated that is what was live before the first
     * deployment; a damaged file says that some release was validated once, and then nothing is guessed.
     */
    Optional<RollbackPoint> rollbackPoint() {
        Optional<RollbackPoint> point =
                lastValidated().map(sha -> new RollbackPoint(Release.of(sha, journal.tail()), false));
        return point.isPresent() || hasDamagedFile()
                ? point
                : journal.provisional().map(started -> new RollbackPoint(Release.before(started), true));
    }

    boolean hasDamagedFile() {
        return !validatedText.isEmpty() && validated.isEmpty();
    }

    /** Returns the environment's own containers among all that compose made on the host. */
    List<Container> containersOf(Environment environment) {
        return containersOf(environment, containers);
    }

    List<Container> containersOf(Environment environment, List<Container> all) {
        return all.stream()
                .filter(container -> environment
                        .compose()
                        .project()
                        .map(container.project()::equals)
                        .orElseGet(() -> container.directory().equals(environment.directory())
                                || container.directory().equals(directory)))
                .toList();
    }

    /** Returns the images that the environment's containers run. */
    ContainerImages imagesOf(Environment environment) {
        return ContainerImages.of(containersOf(environment), images);
    }

    /**
     * Returns the same with the images of the live release, unless they are known by the journal: those that run, if nothing
     * says that they are of another release.
     */
    HostState withImagesOfLive(Environment environment) {
        ContainerImages running = imagesOf(environment);
        boolean theirs = journal.interrupted().isEmpty() && running.have(live.tag());
        return live.images().isEmpty() && theirs ? with(live.with(running), containers) : this;
    }

    /** Returns the same with the journal's entries about another release. */
    HostState about(List<JournalEntry> entries) {
        return new HostState(
                live, directory, validatedText, validated, journal.about(entries), compose, containers, images);
    }

    /** Returns what the host runs after a release was put live on it. */
    HostState with(Release nowLive, List<Container> nowThere) {
        return new HostState(nowLive, directory, validatedText, validated, journal, compose, nowThere, images);
    }
}
