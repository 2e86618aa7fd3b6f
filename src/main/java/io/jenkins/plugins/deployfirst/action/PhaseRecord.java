package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import java.io.Serializable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A phase of a flow and how long it took, as it is kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 4)
public final class PhaseRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final long durationMillis;

    PhaseRecord(ResultMap map) {
        this.name = map.text("name");
        this.durationMillis = map.number("durationMillis");
    }

    @Exported
    public String getName() {
        return Util.fixNull(name);
    }

    @Exported
    public long getDurationMillis() {
        return durationMillis;
    }
}
