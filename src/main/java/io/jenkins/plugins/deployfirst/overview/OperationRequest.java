package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;

/** What somebody asked for on the page, as it is kept in the operation's file; another version may have left out any of it. */
final class OperationRequest {
    /** What can be asked for. */
    enum Kind {
        ROLLBACK,
        PROMOTE,
        WATCH
    }

    /** What has to be typed, so that nothing goes to production by a slip of the hand. */
    static final String CONFIRMATION = "DEPLOY";

    private final Kind kind;
    private final String environment;
    private final String sha;
    private final String from;
    private final String overrideFreeze;
    private final boolean redeployRejected;

    private OperationRequest(
            Kind kind, EnvironmentKey environment, String sha, String from, String overrideFreeze, boolean rejected) {
        this.kind = kind;
        this.environment = environment.toString();
        this.sha = sha;
        this.from = from;
        this.overrideFreeze = overrideFreeze;
        this.redeployRejected = rejected;
    }

    /**
     * Asks to take an environment back.
     *
     * @param to the commit to return to; empty: the rollback point
     * @throws DeployFirstException (USAGE) when it is no commit
     */
    static OperationRequest rollback(EnvironmentKey environment, @CheckForNull String to) {
        return new OperationRequest(Kind.ROLLBACK, environment, commit("to", to), "", "", false);
    }

    /**
     * Asks to carry a release on.
     *
     * @param environment the target
     * @param from the key of the environment that has validated it
     * @param sha the commit; empty: the last one validated there
     * @param confirm what was typed
     * @param overrideFreeze why it may be done in a freeze
     * @param redeployRejected whether it may be a release that was taken back
     * @throws DeployFirstException (USAGE) when it is not confirmed, or the commit is none
     */
    static OperationRequest promote(
            EnvironmentKey environment,
            EnvironmentKey from,
            @CheckForNull String sha,
            @CheckForNull String confirm,
            @CheckForNull String overrideFreeze,
            boolean redeployRejected) {
        String typed = Util.fixNull(confirm).strip();
        if (!typed.equals(CONFIRMATION)) {
            throw DeployFirstException.usage(
                    "confirm: \"" + OneLine.of(typed, 60) + "\" is not " + CONFIRMATION + ".",
                    "Type " + CONFIRMATION + ", in capital letters, to change " + environment.name() + ".");
        }
        return new OperationRequest(
                Kind.PROMOTE,
                environment,
                commit("sha", sha),
                from.toString(),
                Util.fixNull(overrideFreeze).strip(),
                redeployRejected);
    }

    /** Asks to watch the CI of a release again. */
    static OperationRequest watch(EnvironmentKey environment, String sha) {
        return new OperationRequest(Kind.WATCH, environment, commit("sha", sha), "", "", false);
    }

    private static String commit(String field, @CheckForNull String text) {
        String given = Util.fixNull(text).strip();
        if (given.isEmpty()) {
            return "";
        }
        try {
            return new CommitSha(given).value();
        } catch (DeployFirstException e) {
            throw field.equals("sha")
                    ? e
                    : DeployFirstException.usage(e.getMessage().replaceFirst("^sha:", field + ":"), "");
        }
    }

    Kind kind() {
        return kind == null ? Kind.ROLLBACK : kind;
    }

    EnvironmentKey environment() {
        return EnvironmentKey.parse(Util.fixNull(environment));
    }

    /** Returns the commit; empty: the one that follows from the rest. */
    String sha() {
        return Util.fixNull(sha);
    }

    EnvironmentKey from() {
        return EnvironmentKey.parse(Util.fixNull(from));
    }

    String overrideFreeze() {
        return Util.fixNull(overrideFreeze);
    }

    boolean redeployRejected() {
        return redeployRejected;
    }
}
