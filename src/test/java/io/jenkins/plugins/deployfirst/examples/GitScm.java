package io.jenkins.plugins.deployfirst.examples;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.EnvironmentContributor;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.scm.ChangeLogParser;
import hudson.scm.SCM;
import hudson.scm.SCMDescriptor;
import hudson.scm.SCMRevisionState;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** Checks a repository out with the git command, and sets what the Git plugin and a multibranch job set. */
public final class GitScm extends SCM {
    private static final String CHECK_OUT =
            "git init -q && git fetch -q --tags \"$1\" \"$2\" && git checkout -q -f --detach FETCH_HEAD && git clean -qffdx";

    private final String repository;
    private final String ref;
    private final Map<String, String> variables;

    private GitScm(Path repository, String ref, Map<String, String> variables) {
        this.repository = repository.toString();
        this.ref = ref;
        this.variables = new TreeMap<>(variables);
    }

    static GitScm branch(Path repository, String name) {
        return new GitScm(repository, name, Map.of("BRANCH_NAME", name));
    }

    static GitScm tag(Path repository, String name) {
        return new GitScm(repository, "refs/tags/" + name, Map.of("BRANCH_NAME", name, "TAG_NAME", name));
    }

    static GitScm mergeRequest(Path repository, String branch) {
        return new GitScm(
                repository,
                branch,
                Map.of("BRANCH_NAME", "MR-1", "CHANGE_ID", "1", "CHANGE_BRANCH", branch, "CHANGE_TARGET", "main"));
    }

    @Override
    public void checkout(
            @NonNull Run<?, ?> build,
            @NonNull Launcher launcher,
            @NonNull FilePath workspace,
            @NonNull TaskListener listener,
            @CheckForNull File changelogFile,
            @CheckForNull SCMRevisionState baseline)
            throws IOException, InterruptedException {
        workspace.mkdirs();
        Path directory = Path.of(workspace.getRemote());
        Tool.run(directory, "sh", "-c", CHECK_OUT, "sh", repository, ref);
        Revision checkedOut = new Revision(Tool.run(directory, "git", "rev-parse", "HEAD"));
        listener.getLogger().println("Checked out " + checkedOut.sha());
        build.addOrReplaceAction(checkedOut);
        if (changelogFile != null && baseline instanceof Revision before) {
            String range = before.sha() + ".." + checkedOut.sha();
            Tool.write(
                    changelogFile.toPath(),
                    Tool.run(directory, "git", "log", "--format=" + Changes.COMMIT + "%s", "--name-only", range));
        }
    }

    @Override
    public SCMRevisionState calcRevisionsFromBuild(
            @NonNull Run<?, ?> build,
            @CheckForNull FilePath workspace,
            @CheckForNull Launcher launcher,
            @NonNull TaskListener listener) {
        return build.getAction(Revision.class);
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> build, @NonNull Map<String, String> environment) {
        environment.put("GIT_COMMIT", build.getAction(Revision.class).sha());
    }

    @Override
    public ChangeLogParser createChangeLogParser() {
        return new Changes.Parser();
    }

    /** The commit that a build has checked out. */
    private static final class Revision extends SCMRevisionState {
        private final String sha;

        Revision(String sha) {
            this.sha = sha;
        }

        String sha() {
            return sha;
        }
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends SCMDescriptor<GitScm> {
        public DescriptorImpl() {
            super(GitScm.class, null);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Git, for tests";
        }
    }

    /** Tells the builds of a job what they are builds of. */
    @Extension
    public static final class Variables extends EnvironmentContributor {
        @Override
        public void buildEnvironmentFor(
                @NonNull Job job, @NonNull EnvVars environment, @NonNull TaskListener listener) {
            if (job instanceof WorkflowJob pipeline
                    && pipeline.getDefinition() instanceof CpsScmFlowDefinition definition
                    && definition.getScm() instanceof GitScm scm) {
                environment.putAll(scm.variables);
            }
        }
    }
}
