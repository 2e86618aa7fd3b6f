package io.jenkins.plugins.deployfirst.action;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a build last told about each site: down, or up again. A monitor that runs every hour looks at it, so that it does
 * not repeat itself.
 */
public final class SiteStateAction extends InvisibleAction {
    private ConcurrentHashMap<String, String> kinds = new ConcurrentHashMap<>();

    /**
     * Returns whether people know it already: the newest word about the environment, of this build or else of the one
     * before it, is the same. A build in between that said nothing ends the silence, since nobody knows what it saw.
     */
    public static boolean isKnown(Run<?, ?> run, String environment, String kind) {
        String said = said(run, environment);
        Run<?, ?> previous = run.getPreviousBuild();
        if (said == null && previous != null) {
            said = said(previous, environment);
        }
        return kind.equals(said);
    }

    @CheckForNull
    private static String said(Run<?, ?> run, String environment) {
        SiteStateAction action = run.getAction(SiteStateAction.class);
        return action == null ? null : action.kinds.get(environment);
    }

    /**
     * Keeps with a build what is known of a site now, and saves the build. Steps of one build may do so at the same time.
     *
     * @throws IOException when the build cannot be saved
     */
    public static void keep(Run<?, ?> run, String environment, String kind) throws IOException {
        synchronized (run) {
            SiteStateAction action = run.getAction(SiteStateAction.class);
            if (action == null) {
                action = new SiteStateAction();
                run.addAction(action);
            }
            action.kinds.put(environment, kind);
        }
        run.save();
    }

    /** Puts in order what another version of the plugin left out. */
    private Object readResolve() {
        kinds = kinds == null ? new ConcurrentHashMap<>() : new ConcurrentHashMap<>(Map.copyOf(kinds));
        return this;
    }
}
