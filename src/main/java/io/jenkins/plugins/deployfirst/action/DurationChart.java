package io.jenkins.plugins.deployfirst.action;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** How long deployments and rollbacks took, as the model of a chart. */
public final class DurationChart {
    private static final double MILLIS = 1000;
    private static final double TENTHS = 10;

    private final List<ShownRelease> releases;

    /**
     * Makes it.
     *
     * @param newestFirst the releases; those that never went live are left out
     */
    DurationChart(List<ShownRelease> newestFirst) {
        List<ShownRelease> shown = new ArrayList<>(newestFirst.stream()
                .filter(release -> release.getFate() != Fate.FAILED)
                .filter(release -> release.getFate() != Fate.UNDER_WAY)
                .filter(release -> release.getDeployMillis() > 0)
                .toList());
        Collections.reverse(shown);
        this.releases = List.copyOf(shown);
    }

    /** Returns whether there is anything to compare. */
    public boolean isShown() {
        return releases.size() > 1;
    }

    /** Returns the model, as JSON: the labels of the builds, and seconds for each; null where there was no rollback. */
    public String getModel() {
        boolean several =
                releases.stream().map(ShownRelease::getEnvironment).distinct().count() > 1;
        JSONArray labels = new JSONArray();
        JSONArray deployments = new JSONArray();
        JSONArray rollbacks = new JSONArray();
        for (ShownRelease release : releases) {
            String build = release.getRun().getDisplayName();
            labels.add(several ? build + "\n" + release.getEnvironment() : build);
            deployments.add(seconds(release.getDeployMillis()));
            rollbacks.add(release.getRollbackMillis() == 0 ? null : seconds(release.getRollbackMillis()));
        }
        JSONObject model = new JSONObject();
        model.put("labels", labels);
        model.put("deployments", deployments);
        model.put("rollbacks", rollbacks);
        return model.toString();
    }

    private static double seconds(long millis) {
        return Math.round(millis / MILLIS * TENTHS) / TENTHS;
    }
}
