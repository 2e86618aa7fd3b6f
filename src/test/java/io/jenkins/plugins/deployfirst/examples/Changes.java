package io.jenkins.plugins.deployfirst.examples;

import hudson.model.Run;
import hudson.model.User;
import hudson.scm.ChangeLogParser;
import hudson.scm.ChangeLogSet;
import hudson.scm.RepositoryBrowser;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** The commits that are new since the build before, as {@link GitScm} writes them down. */
final class Changes extends ChangeLogSet<Changes.Commit> {
    /** Begins the line of a commit's subject; the paths that it changed follow. */
    static final String COMMIT = "commit: ";

    private final List<Commit> commits;

    private Changes(Run<?, ?> build, RepositoryBrowser<?> browser, List<Commit> commits) {
        super(build, browser);
        this.commits = commits;
    }

    @Override
    public boolean isEmptySet() {
        return commits.isEmpty();
    }

    @Override
    public Iterator<Commit> iterator() {
        return commits.iterator();
    }

    /** One commit. */
    static final class Commit extends ChangeLogSet.Entry {
        private final String subject;
        private final List<String> paths = new ArrayList<>();

        private Commit(String subject) {
            this.subject = subject;
        }

        @Override
        public String getMsg() {
            return subject;
        }

        @Override
        public User getAuthor() {
            return User.getUnknown();
        }

        @Override
        public Collection<String> getAffectedPaths() {
            return paths;
        }
    }

    /** Reads them. */
    static final class Parser extends ChangeLogParser {
        @Override
        public Changes parse(Run build, RepositoryBrowser<?> browser, File changelogFile) {
            List<Commit> commits = new ArrayList<>();
            for (String line : Tool.lines(changelogFile.toPath())) {
                if (line.startsWith(COMMIT)) {
                    commits.add(new Commit(line.substring(COMMIT.length())));
                } else if (!line.isEmpty()) {
                    commits.get(commits.size() - 1).paths.add(line);
                }
            }
            return new Changes(build, browser, commits);
        }
    }
}
