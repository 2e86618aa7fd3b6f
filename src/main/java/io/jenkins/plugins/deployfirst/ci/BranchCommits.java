package io.jenkins.plugins.deployfirst.ci;

import hudson.Extension;
import hudson.model.Run;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.scm.api.SCMRevisionAction;

/** The commits of builds of branch projects, which know theirs before they check anything out. */
@Extension
public final class BranchCommits extends BuildCommits {
    @Override
    public Set<String> of(Run<?, ?> run) {
        return run.getActions(SCMRevisionAction.class).stream()
                // The revision of a merge names several commits, of which only git knows which one is meant.
                .map(action -> action.getRevision().toString().toLowerCase(Locale.ROOT))
                .filter(StatedCommits::isSha)
                .collect(Collectors.toSet());
    }
}
