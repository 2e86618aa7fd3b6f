package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.deploy.ComposeSettings;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.DeployResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compose}: brings a release up with Docker Compose. */
@Command(
        name = "compose",
        description =
                "Brings a release up with Docker Compose: pulled or built, migrated, then brought up; taken back to"
                        + " the images before when it is not healthy. Without --tag and --sha, what is live is brought up"
                        + " again.",
        footer = {
            "  deploy-first compose prod --tag v1.4   (the images tell their commit by a label)",
            "  deploy-first compose prod --tag v1.4 --sha 4f2a9c1d…",
            "  deploy-first compose prod --tag v1.4 --service backend --service worker",
            "  deploy-first compose prod              (what is live, again)"
        })
final class ComposeCommand extends Task {
    @Parameters(paramLabel = "ENV", description = "The environment's name.")
    private String environment;

    @Mixin
    private TagOption tag;

    @Option(
            names = "--sha",
            paramLabel = "SHA",
            description = "The commit; without it, with --tag, the one that the images' label"
                    + " org.opencontainers.image.revision tells.")
    private String sha;

    @Option(
            names = "--service",
            paramLabel = "SERVICE",
            description = "Only this service, and those that run the same image; may be given several times.")
    private List<String> services = new ArrayList<>();

    @Option(names = "--redeploy-rejected", description = "Deploy it even though it was rolled back before.")
    private boolean redeployRejected;

    @Override
    Answer answer(Session session) throws InterruptedException {
        DeployRequest request =
                new DeployRequest(Optional.ofNullable(sha).map(CommitSha::new), tag.value(), redeployRejected);
        EnvironmentDefinition definition = session.file().environment(environment);
        EnvironmentDefinition up = definition.with(
                definition.settings().compose().doing(ComposeSettings.Action.UP).only(services));
        DeployResult result = session.toDeploy(up).deploy(request);
        return new Answer(result.outcome(), result.toMap(), Results.text(result), result.error());
    }

    @Override
    boolean changesSomething() {
        return true;
    }
}
