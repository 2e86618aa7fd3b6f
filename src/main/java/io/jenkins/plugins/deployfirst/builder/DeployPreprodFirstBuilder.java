package io.jenkins.plugins.deployfirst.builder;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Run;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import io.jenkins.plugins.deployfirst.steps.BlockingStep;
import io.jenkins.plugins.deployfirst.steps.DeployPreprodFirstStep;
import io.jenkins.plugins.deployfirst.steps.FlowStep;
import io.jenkins.plugins.deployfirst.steps.StepSite;
import io.jenkins.plugins.deployfirst.watch.BackgroundWatches;
import io.jenkins.plugins.deployfirst.watch.WatchOrder;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Puts a commit live at once, and has its CI watched in the background. */
public final class DeployPreprodFirstBuilder extends FlowBuilder {
    private final DeployPreprodFirstStep step;
    private boolean watchCi = true;

    /** Makes it of a Pipeline step. */
    @DataBoundConstructor
    public DeployPreprodFirstBuilder(DeployPreprodFirstStep step) {
        this.step = step;
    }

    public DeployPreprodFirstStep getStep() {
        return step;
    }

    public boolean isWatchCi() {
        return watchCi;
    }

    /** Says whether CI is watched after the deployment, on after the build's end; default true. */
    @DataBoundSetter
    public void setWatchCi(boolean watchCi) {
        this.watchCi = watchCi;
    }

    @Override
    BlockingStep step() {
        return step;
    }

    @Override
    void performed(FlowStep done, StepSite site, Object result) throws IOException {
        if (!watchCi) {
            return;
        }
        Run<?, ?> run = site.run();
        String environment = Util.fixNull(done.getEnvironment());
        if (DeployFirstConfiguration.get()
                        .require(environment, run.getParent(), true)
                        .getCi()
                == null) {
            site.listener()
                    .getLogger()
                    .println("CI is not watched: environment " + environment + " names no CI server.");
            return;
        }
        String commit = String.valueOf(((Map<?, ?>) result).get("sha"));
        BackgroundWatches.get()
                .start(run, WatchOrder.of(environment, commit, nodeOf(run), site.docker()))
                .announce(site.listener());
    }

    @CheckForNull
    private static String nodeOf(Run<?, ?> run) {
        Executor executor = run.getExecutor();
        Computer computer = executor == null ? null : executor.getOwner();
        return computer == null ? null : computer.getName();
    }

    /** Describes the build step. */
    @Extension
    @Symbol("deployPreprodFirst")
    public static final class DescriptorImpl extends FlowBuilderDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DeployPreprodFirstBuilder_displayName();
        }
    }
}
