package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.springframework.security.core.Authentication;

/** For whom a CI server is read: a build that deploys or watches, or the form in which somebody tests the settings. */
public final class CiContext {
    private final CredentialSource credentials;
    private final Item item;
    private final Authentication reader;

    private CiContext(CredentialSource credentials, @CheckForNull Item item, Authentication reader) {
        this.credentials = credentials;
        this.item = item;
        this.reader = reader;
    }

    static CiContext of(Run<?, ?> run) {
        return new CiContext(CredentialSource.of(run), run.getParent(), reader(run));
    }

    /**
     * Makes the context of a form.
     *
     * @param item the job or folder whose form it is; null in the global configuration
     */
    static CiContext of(@CheckForNull Item item) {
        return new CiContext(CredentialSource.of(item), item, reader(item));
    }

    private static Authentication reader(Run<?, ?> run) {
        if (run instanceof FlowExecutionOwner.Executable pipeline) {
            FlowExecutionOwner owner = pipeline.asFlowExecutionOwner();
            FlowExecution execution = owner == null ? null : owner.getOrNull();
            if (execution != null) {
                return execution.getAuthentication2();
            }
        }
        return reader(run.getParent());
    }

    private static Authentication reader(@CheckForNull Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    /** Returns the job that watches, or the job or folder whose form it is; null in the global configuration. */
    @CheckForNull
    public Item item() {
        return item;
    }

    /** Returns as whom builds run there: the system, unless Jenkins is told otherwise. */
    @NonNull
    public Authentication reader() {
        return reader;
    }

    /**
     * Looks a token up among the credentials that may be used there: a secret text, or the password of a user name, which
     * may change with every look, as that of a GitHub App does. The use is recorded with the job.
     *
     * @param field the setting that names it, such as {@code ci.github.credentialsId}
     * @param id of the credential; null or empty for none
     * @param url of the server, which the credential's domain must allow
     * @return the token; empty for none
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when there is no such credential
     */
    @NonNull
    public String token(String field, @CheckForNull String id, String url) {
        return Util.fixEmptyAndTrim(id) == null ? "" : SecretCredentials.token(field, id, url, credentials);
    }
}
