package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import java.io.File;
import jenkins.util.SystemProperties;

/** Links into the logs of a build, as long as they are there. */
final class LogLinks {
    /** What the console's page shows of the end of a long log, as Jenkins decides it. */
    private static final String TAIL = "hudson.consoleTailKB";

    private static final int DEFAULT_TAIL = 150;
    private static final int KIBI = 1024;

    private final Run<?, ?> run;

    LogLinks(Run<?, ?> run) {
        this.run = run;
    }

    /** Returns the address of a build's page, from the root of Jenkins. */
    String build() {
        return run.getUrl();
    }

    /** Returns the page of a record's log, from the root of Jenkins; null when the log is gone. */
    @CheckForNull
    String page(DeploymentRecord record) {
        if (record.getId().isEmpty()) {
            // Written by a version that put no anchors into logs.
            return null;
        }
        String page = record.getLog();
        if (!page.equals(RecordDraft.CONSOLE)) {
            return new File(run.getRootDir(), page + ".log").length() > 0 ? run.getUrl() + page + "/" : null;
        }
        long length = run.getLogText().length();
        if (length == 0 && !run.isBuilding()) {
            return null;
        }
        boolean whole = length <= (long) SystemProperties.getInteger(TAIL, DEFAULT_TAIL) * KIBI;
        return run.getUrl() + (whole ? RecordDraft.CONSOLE : "consoleFull");
    }
}
