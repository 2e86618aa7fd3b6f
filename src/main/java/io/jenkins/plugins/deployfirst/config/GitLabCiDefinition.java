package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A project on gitlab.com or on a GitLab server of one's own. */
public final class GitLabCiDefinition extends RepositoryCiDefinition {
    private static final long serialVersionUID = 1L;

    private final String project;

    /**
     * Creates it.
     *
     * @param project {@code group/name}
     */
    @DataBoundConstructor
    public GitLabCiDefinition(String project) {
        this.project = Util.fixNull(project).strip();
    }

    public String getProject() {
        return project;
    }

    @Override
    CiService service() {
        return CiService.GITLAB;
    }

    @Override
    String name() {
        return project;
    }

    /** Describes it. */
    @Extension
    @Symbol("gitlab")
    public static final class DescriptorImpl extends RepositoryCiDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GitLabCiDefinition_displayName();
        }

        @POST
        public FormValidation doCheckProject(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return checkName(item, value);
        }

        @Override
        CiService service() {
            return CiService.GITLAB;
        }

        @Override
        String withoutCredential() {
            return Messages.GitLabCiDefinition_noCredential();
        }
    }
}
