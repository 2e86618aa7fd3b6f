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

/** A repository on Gitea or Forgejo. */
public final class GiteaCiDefinition extends RepositoryCiDefinition {
    private static final long serialVersionUID = 1L;

    private final String repository;

    /**
     * Creates it.
     *
     * @param repository {@code owner/name}
     */
    @DataBoundConstructor
    public GiteaCiDefinition(String repository) {
        this.repository = Util.fixNull(repository).strip();
    }

    public String getRepository() {
        return repository;
    }

    @Override
    CiService service() {
        return CiService.GITEA;
    }

    @Override
    String name() {
        return repository;
    }

    /** Describes it. */
    @Extension
    @Symbol("gitea")
    public static final class DescriptorImpl extends RepositoryCiDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GiteaCiDefinition_displayName();
        }

        @POST
        public FormValidation doCheckRepository(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return checkName(item, value);
        }

        @Override
        CiService service() {
            return CiService.GITEA;
        }

        @Override
        String withoutCredential() {
            return Messages.GiteaCiDefinition_noCredential();
        }
    }
}
