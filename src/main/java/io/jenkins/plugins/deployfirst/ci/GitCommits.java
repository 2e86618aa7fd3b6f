package io.jenkins.plugins.deployfirst.ci;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commits that the Git plugin has checked out in a build; for a merge, also the commit that was merged.
 *
 * <p>What that plugin leaves with a build is read by its names, which are public and in its REST API: Deploy First works
 * without it, and with any version of it.
 *
 * @see <a href="https://github.com/jenkinsci/git-plugin/blob/master/src/main/java/hudson/plugins/git/util/BuildData.java">the
 *     action of the Git plugin</a>
 */
@Extension
public final class GitCommits extends BuildCommits {
    private static final String BUILD_DATA = "hudson.plugins.git.util.BuildData";

    @Override
    public Set<String> of(Run<?, ?> run) {
        return run.getAllActions().stream()
                .filter(action -> action.getClass().getName().equals(BUILD_DATA))
                .map(GitCommits::lastBuild)
                .filter(Objects::nonNull)
                .flatMap(build -> Stream.of("getRevision", "getMarked").map(commit -> call(build, commit)))
                .filter(Objects::nonNull)
                .map(revision -> String.valueOf(call(revision, "getSha1String")).toLowerCase(Locale.ROOT))
                .filter(StatedCommits::isSha)
                .collect(Collectors.toSet());
    }

    @CheckForNull
    private static Object lastBuild(Action buildData) {
        try {
            return buildData.getClass().getField("lastBuild").get(buildData);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    @CheckForNull
    private static Object call(Object object, String method) {
        try {
            return object.getClass().getMethod(method).invoke(object);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
