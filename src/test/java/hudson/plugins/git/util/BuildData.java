package hudson.plugins.git.util;

import hudson.model.InvisibleAction;

/** Has the names of what the Git plugin leaves with a build, where that plugin is not installed. */
public final class BuildData extends InvisibleAction {
    public transient Build lastBuild;

    /** Leaves a merge of a commit. */
    public BuildData(String merge, String commit) {
        this.lastBuild = new Build(new Revision(merge), new Revision(commit));
    }

    /** What was checked out, and what was asked for. */
    public record Build(Revision revision, Revision marked) {
        public Revision getRevision() {
            return revision;
        }

        public Revision getMarked() {
            return marked;
        }
    }

    /** A commit. */
    public record Revision(String sha) {
        public String getSha1String() {
            return sha;
        }
    }
}
