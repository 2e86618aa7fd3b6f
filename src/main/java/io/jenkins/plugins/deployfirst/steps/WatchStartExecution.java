package io.jenkins.plugins.deployfirst.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.config.EnvironmentDefinition;
import io.jenkins.plugins.deployfirst.watch.BackgroundWatches;
import io.jenkins.plugins.deployfirst.watch.WatchAction;
import io.jenkins.plugins.deployfirst.watch.WatchOrder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/**
 * Hands a watch over to those that outlive their builds, and ends. A restart of Jenkins in that moment does it again: a watch
 * that has been handed over already is found, and not begun twice.
 */
final class WatchStartExecution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
    private static final long serialVersionUID = 1L;

    private final String environment;
    private final EnvironmentDefinition definition;
    private final String sha;
    private final String node;
    private final Map<String, String> docker;

    WatchStartExecution(WatchCiAndRollbackStep step, StepContext context) throws IOException, InterruptedException {
        super(context);
        StepSite site = StepSite.of(context);
        this.environment = step.environmentName();
        this.definition = step.getDefinition();
        this.sha = WatchedCommit.of(step, site);
        this.node = site.node();
        this.docker = site.docker();
        // A step that names no environment, or both, is refused before anything is kept.
        DeployFirstConfiguration.get()
                .choose(step.getEnvironment(), definition, site.run().getParent(), site.onAgent());
    }

    @Override
    protected Map<String, Object> run() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        StepSite site = StepSite.of(getContext());
        WatchOrder order = new WatchOrder(environment, definition, sha, node, docker);
        String full = WatchedCommit.inFull(sha, order.resolve(run), run, site.channel(), listener);
        WatchAction watch = BackgroundWatches.get().start(run, order.of(full));
        watch.announce(listener);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", environment);
        map.put("sha", full);
        map.put("background", true);
        String root = Jenkins.get().getRootUrl();
        map.put("url", (root == null ? "" : root) + watch.getPath());
        return map;
    }

    @Override
    public void onResume() {
        try {
            start();
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }
}
