package io.jenkins.plugins.deployfirst.overview;

import io.jenkins.plugins.deployfirst.engine.deploy.StatusResult;

/** What an environment's health gate said at the last look. */
public enum Health {
    HEALTHY,
    UNHEALTHY,
    NOT_CONFIGURED,
    /** Nobody has looked yet. */
    UNKNOWN;

    static Health of(String told) {
        if (told.equals(StatusResult.HEALTHY)) {
            return HEALTHY;
        }
        if (told.equals(StatusResult.NOT_CONFIGURED)) {
            return NOT_CONFIGURED;
        }
        return told.startsWith(StatusResult.UNHEALTHY) ? UNHEALTHY : UNKNOWN;
    }

    /** Returns what is wrong; empty when nothing is. */
    static String reason(String told) {
        return of(told) == UNHEALTHY ? told.substring(StatusResult.UNHEALTHY.length()) : "";
    }

    /** Returns it in a word. */
    public String getText() {
        return switch (this) {
            case HEALTHY -> Messages.Health_healthy();
            case UNHEALTHY -> Messages.Health_unhealthy();
            case NOT_CONFIGURED -> Messages.Health_notConfigured();
            case UNKNOWN -> Messages.Health_unknown();
        };
    }
}
