package io.jenkins.plugins.deployfirst.agent;

import hudson.model.Cause;
import hudson.model.Run;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Who starts a flow, as the host's journal and others who wait for the lock are told.
 *
 * @param by such as {@code Jenkins, team/app #12, started by alice}
 * @param buildUrl the build's address; empty while Jenkins does not know its own
 */
public record Caller(String by, String buildUrl) {
    /** Names a build. */
    public static Caller of(Run<?, ?> run) {
        Optional<String> user = Optional.ofNullable(run.getCause(Cause.UserIdCause.class))
                .map(Cause.UserIdCause::getUserId)
                .filter(id -> !id.isBlank());
        String root = Optional.ofNullable(Jenkins.get().getRootUrl()).orElse("");
        return new Caller(
                "Jenkins, " + run.getExternalizableId().replace("#", " #")
                        + user.map(id -> ", started by " + id).orElse(""),
                root.isEmpty() ? "" : root + run.getUrl());
    }
}
