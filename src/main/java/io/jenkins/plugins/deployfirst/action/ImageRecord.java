package io.jenkins.plugins.deployfirst.action;

import hudson.Util;
import java.io.Serializable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The image of a service before and after a deployment, as it is kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 4)
public final class ImageRecord implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "sha256:";
    private static final int SHORT = 12;

    private final String service;
    private final String image;
    private final String before;
    private final String after;

    ImageRecord(String service, ResultMap map) {
        this.service = ResultMap.fit(service);
        this.image = map.text("image");
        this.before = map.text("before");
        this.after = map.text("after");
    }

    @Exported
    public String getService() {
        return Util.fixNull(service);
    }

    /** Returns the name that the compose files give it. */
    @Exported
    public String getImage() {
        return Util.fixNull(image);
    }

    /** Returns its id before; empty when the service had no container. */
    @Exported
    public String getBefore() {
        return Util.fixNull(before);
    }

    @Exported
    public String getAfter() {
        return Util.fixNull(after);
    }

    public boolean isChanged() {
        return !getBefore().equals(getAfter());
    }

    public String getShortBefore() {
        return abbreviated(getBefore());
    }

    public String getShortAfter() {
        return abbreviated(getAfter());
    }

    /** Shows an id as Docker does. */
    private static String abbreviated(String id) {
        String digits = id.startsWith(ALGORITHM) ? id.substring(ALGORITHM.length()) : id;
        return digits.substring(0, Math.min(SHORT, digits.length()));
    }
}
