package io.jenkins.plugins.deployfirst.testing;

import io.jenkins.plugins.deployfirst.builder.DeployPreprodFirstBuilder;
import io.jenkins.plugins.deployfirst.steps.DeployPreprodFirstStep;

/** Build steps of Freestyle jobs for tests. */
public final class Builders {
    private Builders() {}

    /** Returns one that deploys a commit; null: the one that was checked out. */
    public static DeployPreprodFirstBuilder deploy(String environment, String sha) {
        DeployPreprodFirstStep step = new DeployPreprodFirstStep();
        step.setEnvironment(environment);
        step.setSha(sha);
        return new DeployPreprodFirstBuilder(step);
    }
}
