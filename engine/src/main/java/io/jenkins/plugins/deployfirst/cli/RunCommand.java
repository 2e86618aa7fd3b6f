package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult;
import io.jenkins.plugins.deployfirst.engine.deploy.Flows;
import io.jenkins.plugins.deployfirst.engine.deploy.WatchResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: deploys a commit, then watches its CI. */
@Command(
        name = "run",
        description = "Puts a commit live, then watches its CI and acts on the verdict: deploy and watch in one.",
        footer = {
            "  deploy-first run preprod --sha $(git rev-parse HEAD)",
            "  deploy-first run preprod --sha 4f2a9c1 --json | jq .watch.verdict"
        })
final class RunCommand extends Task {
    @Parameters(paramLabel = "ENV", description = "The environment's name.")
    private String environment;

    @Option(names = "--sha", required = true, paramLabel = "SHA", description = "The commit, full or abbreviated.")
    private String sha;

    @Mixin
    private TagOption tag;

    @Option(names = "--redeploy-rejected", description = "Deploy it even though it was rolled back before.")
    private boolean redeployRejected;

    @Override
    Answer answer(Session session) throws InterruptedException {
        DeployRequest request = new DeployRequest(Optional.of(new CommitSha(sha)), tag.value(), redeployRejected);
        Flows flows = session.toWatch(session.file().environment(environment));
        DeployResult deployed = flows.deploy(request);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("deploy", deployed.toMap());
        if (deployed.outcome() != Outcome.DONE) {
            return new Answer(deployed.outcome(), map, Results.text(deployed), deployed.error());
        }
        session.progress().info(Results.text(deployed));
        WatchResult watched = Waiting.forResult(flows.watch(new CommitSha(deployed.sha())));
        map.put("watch", watched.toMap());
        String text = Results.text(deployed) + System.lineSeparator() + Results.text(watched);
        return new Answer(watched.outcome(), map, text, watched.error());
    }

    @Override
    boolean changesSomething() {
        return true;
    }
}
