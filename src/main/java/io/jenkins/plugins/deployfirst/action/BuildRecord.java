package io.jenkins.plugins.deployfirst.action;

import hudson.model.Run;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A record and the build that it belongs to.
 *
 * @param run the build
 */
@ExportedBean(defaultVisibility = 2)
public record BuildRecord(Run<?, ?> run, DeploymentRecord record) {
    @Exported
    public int getBuild() {
        return run.getNumber();
    }

    @Exported
    public DeploymentRecord getRecord() {
        return record;
    }
}
