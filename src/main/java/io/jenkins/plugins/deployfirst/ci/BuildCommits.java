package io.jenkins.plugins.deployfirst.ci;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows which commits a build is about, from what source control left with it.
 *
 * <p>An extension point, for source control that is neither git nor a branch source. It is asked often, for running builds
 * too, on any thread: it looks at the build's actions and does nothing that takes time.
 */
public abstract class BuildCommits implements ExtensionPoint {
    /** Returns their full SHAs, in lower case; none when nothing is known (yet). */
    public abstract Set<String> of(Run<?, ?> run);

    /** Returns every commit that a build may be about: what all of them know, and whatever the build was told. */
    public static Set<String> possible(Run<?, ?> run) {
        Set<String> commits = new HashSet<>(known(run));
        commits.addAll(StatedCommits.all(run));
        return commits;
    }

    /** Returns what all of them know. */
    static Set<String> known(Run<?, ?> run) {
        return ExtensionList.lookup(BuildCommits.class).stream()
                .flatMap(source -> source.of(run).stream())
                .collect(Collectors.toSet());
    }
}
