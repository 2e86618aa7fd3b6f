package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deploy}: puts a commit live, without waiting for its CI. */
@Command(
        name = "deploy",
        description = "Puts a commit live, takes it back at once when it is not healthy, and does not wait for CI.",
        footer = {
            "  deploy-first deploy preprod --sha $(git rev-parse HEAD)",
            "  deploy-first deploy preprod --sha $(git rev-parse HEAD) --tag v1.4   (images, mode: image)",
            "  deploy-first deploy preprod --sha 4f2a9c1 --redeploy-rejected"
        })
final class DeployCommand extends Task {
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
        EnvironmentDefinition definition = session.file().environment(environment);
        DeployResult result = session.toDeploy(definition).deploy(request);
        boolean ciDecides = result.outcome() == Outcome.DONE && definition.ci().isPresent();
        String next = ciDecides ? " CI decides next: deploy-first watch " + environment + " --sha " + result.sha() : "";
        return new Answer(result.outcome(), result.toMap(), Results.text(result) + next, result.error());
    }

    @Override
    boolean changesSomething() {
        return true;
    }
}
