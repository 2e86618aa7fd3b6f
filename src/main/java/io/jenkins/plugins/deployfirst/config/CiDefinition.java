package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules.OnNoVerdict;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Which server runs a commit's checks, and how they are watched.
 *
 * <p>An extension point: {@code docs/extending.md} tells how a plugin adds a CI server of its own. A definition is the
 * user's settings and nothing else; it is saved with the environment, and travels with running builds.
 */
public abstract class CiDefinition extends AbstractDescribableImpl<CiDefinition>
        implements ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    private String initialDelay;
    private String interval;
    private String timeout;
    private List<String> checks = new ArrayList<>();
    private List<String> ignoreChecks = new ArrayList<>();
    private String onTimeout = Words.word(CiRules.DEFAULTS.onTimeout());
    private String onAbsent = Words.word(CiRules.DEFAULTS.onAbsent());

    /**
     * Checks all that can be checked without a credential and without asking the server. Called when an environment is
     * saved, and before each flow.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when a setting is wrong: it names the
     *     field, such as {@code ci.github.repository}, what was found, and the remedy
     */
    protected abstract void check();

    /**
     * Says what is read, and looks the credential up for whoever reads, so that a job uses only what its folder lets it
     * use. Called before each flow and each watch, and for a new token at most once a minute while a build watches; on any
     * thread, as the system. It may look into the credentials store, and asks no server.
     *
     * @param context for whom it is read
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (USAGE) when a setting is wrong or a credential
     *     is missing. A job or a repository that is not there is no such case: the reads say that.
     */
    protected abstract CiAccess resolve(CiContext context);

    CiRules rules() {
        CiRules defaults = CiRules.DEFAULTS;
        return new CiRules(
                Times.parse("ci.initialDelay", initialDelay, defaults.initialDelay()),
                Times.parsePositive("ci.interval", interval, defaults.interval()),
                Times.parse("ci.timeout", timeout, defaults.timeout()),
                checks,
                ignoreChecks,
                Words.parse("ci.onTimeout", onTimeout, OnNoVerdict.class, defaults.onTimeout()),
                Words.parse("ci.onAbsent", onAbsent, OnNoVerdict.class, defaults.onAbsent()));
    }

    @CheckForNull
    public String getInitialDelay() {
        return initialDelay;
    }

    /** Says how long to wait before the first look; default 30 s. */
    @DataBoundSetter
    public void setInitialDelay(@CheckForNull String initialDelay) {
        this.initialDelay = Util.fixEmptyAndTrim(initialDelay);
    }

    @CheckForNull
    public String getInterval() {
        return interval;
    }

    /** Says how long to wait between looks; default 10 s. */
    @DataBoundSetter
    public void setInterval(@CheckForNull String interval) {
        this.interval = Util.fixEmptyAndTrim(interval);
    }

    @CheckForNull
    public String getTimeout() {
        return timeout;
    }

    /** Says how long the whole watch takes at most; default 5 min. */
    @DataBoundSetter
    public void setTimeout(@CheckForNull String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    public List<String> getChecks() {
        return List.copyOf(checks);
    }

    /** Returns the checks for a text box. */
    public String getChecksText() {
        return Lines.join(checks);
    }

    /** Names (globs) the checks that are required; none: all of them. */
    @DataBoundSetter
    public void setChecks(@CheckForNull List<String> checks) {
        this.checks = Lines.split(checks);
    }

    public List<String> getIgnoreChecks() {
        return List.copyOf(ignoreChecks);
    }

    /** Returns the ignored checks for a text box. */
    public String getIgnoreChecksText() {
        return Lines.join(ignoreChecks);
    }

    /** Names (globs) checks that never count. */
    @DataBoundSetter
    public void setIgnoreChecks(@CheckForNull List<String> ignoreChecks) {
        this.ignoreChecks = Lines.split(ignoreChecks);
    }

    public String getOnTimeout() {
        return onTimeout;
    }

    /** Says what to do when the checks are still pending at the end: {@code keep} (the default) or {@code rollback}. */
    @DataBoundSetter
    public void setOnTimeout(@CheckForNull String onTimeout) {
        this.onTimeout = Words.orDefault(onTimeout, CiRules.DEFAULTS.onTimeout());
    }

    public String getOnAbsent() {
        return onAbsent;
    }

    /** Says what to do when no check ever appeared: {@code keep} (the default) or {@code rollback}. */
    @DataBoundSetter
    public void setOnAbsent(@CheckForNull String onAbsent) {
        this.onAbsent = Words.orDefault(onAbsent, CiRules.DEFAULTS.onAbsent());
    }
}
