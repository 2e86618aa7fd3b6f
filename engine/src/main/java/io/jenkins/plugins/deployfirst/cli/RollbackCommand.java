package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.deploy.RollbackRequest;
import io.jenkins.plugins.deployfirst.engine.deploy.RollbackResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rollback}: takes an environment back. */
@Command(
        name = "rollback",
        description = "Takes an environment back to the last validated release, or to a given one.",
        footer = {"  deploy-first rollback preprod", "  deploy-first rollback preprod --to 9b1c4d7"})
final class RollbackCommand extends Task {
    @Parameters(paramLabel = "ENV", description = "The environment's name.")
    private String environment;

    @Option(
            names = "--to",
            paramLabel = "SHA",
            description = "The release to return to; without it the last validated one.")
    private String to;

    @Override
    Answer answer(Session session) throws InterruptedException {
        RollbackRequest request = RollbackRequest.byHand(Optional.ofNullable(to).map(CommitSha::new));
        RollbackResult result =
                session.toRollBack(session.file().environment(environment)).rollback(request);
        return new Answer(result.outcome(), result.toMap(), Results.text(result), result.error());
    }

    @Override
    boolean changesSomething() {
        return true;
    }
}
