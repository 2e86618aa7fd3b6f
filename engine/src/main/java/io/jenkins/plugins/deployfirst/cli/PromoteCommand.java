package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.PromotionResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promote}: carries a validated release from one environment on to another. */
@Command(
        name = "promote",
        description = "Carries a release that one environment has validated on to another one: backup, deployment,"
                + " health check; goes back to the release before when it is not healthy.",
        footer = {
            "  deploy-first promote preprod prod --confirm DEPLOY",
            "  deploy-first promote preprod prod --confirm DEPLOY --sha 4f2a9c1"
        })
final class PromoteCommand extends Task {
    @Parameters(index = "0", paramLabel = "FROM", description = "The environment that has validated the release.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "The environment that it is carried on to.")
    private String to;

    @Option(names = "--confirm", required = true, paramLabel = "WORD", description = "The word DEPLOY.")
    private String confirm;

    @Option(
            names = "--sha",
            paramLabel = "SHA",
            description = "The release, full or abbreviated; without it the last one validated in FROM.")
    private String sha;

    @Option(
            names = "--override-freeze",
            paramLabel = "REASON",
            description = "Why it is done in a freeze of TO; the journal keeps it.")
    private String overrideFreeze;

    @Option(names = "--redeploy-rejected", description = "Promote it even though it was rolled back in TO before.")
    private boolean redeployRejected;

    @Override
    Answer answer(Session session) throws InterruptedException {
        EnvironmentDefinition source = session.file().environment(from);
        EnvironmentDefinition target = session.file().environment(to);
        PromotionRequest request = new PromotionRequest(
                session.environment(source),
                Optional.ofNullable(sha).map(CommitSha::new),
                confirm,
                Optional.ofNullable(overrideFreeze),
                redeployRejected);
        PromotionResult result = session.toDeploy(target).promote(request);
        return new Answer(result.outcome(), result.toMap(), Results.text(result), result.error());
    }

    @Override
    boolean changesSomething() {
        return true;
    }
}
