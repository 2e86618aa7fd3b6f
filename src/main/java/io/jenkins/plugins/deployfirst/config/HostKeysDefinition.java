package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.host.HostKeys;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundSetter;

/** What proves who is who on connections over SSH: a login, and the keys of the hosts that are known. */
public abstract class HostKeysDefinition implements Serializable {
    private static final long serialVersionUID = 1L;

    private String credentialsId;
    private String knownHosts;
    private String hostKey = Words.word(HostKeys.Policy.STRICT);

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Names the credential to log in with. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getKnownHosts() {
        return knownHosts;
    }

    /** Gives the lines of known_hosts that prove who a host is; none: those of the user that connects. */
    @DataBoundSetter
    public void setKnownHosts(@CheckForNull String knownHosts) {
        this.knownHosts = Util.fixEmptyAndTrim(knownHosts);
    }

    public String getHostKey() {
        return hostKey;
    }

    /** Says what to do about an unknown host key: {@code strict} (the default) or {@code accept-new}. */
    @DataBoundSetter
    public void setHostKey(@CheckForNull String hostKey) {
        this.hostKey = Words.orDefault(hostKey, HostKeys.Policy.STRICT);
    }

    /**
     * Returns the host keys that are known, and what to do about others.
     *
     * @param field how messages call the section, such as {@code host.ssh}
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when one has another form
     */
    final HostKeys hostKeys(String field) {
        SshHostKeys.checkLines(field + ".knownHosts", Util.fixNull(knownHosts));
        return SshHostKeys.of(field + ".hostKey", knownHosts, hostKey);
    }
}
