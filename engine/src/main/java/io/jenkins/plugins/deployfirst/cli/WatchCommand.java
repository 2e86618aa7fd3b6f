package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.deploy.WatchResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch}: waits for a release's CI and acts on its verdict. */
@Command(
        name = "watch",
        description = "Watches a live commit's CI: marks it validated when CI succeeds, goes back when it fails."
                + " Ctrl-C ends the watch and leaves the host alone.",
        footer = {
            "  deploy-first watch preprod --sha $(git rev-parse HEAD)",
            "  deploy-first watch preprod --sha 4f2a9c1 --json"
        })
final class WatchCommand extends Task {
    @Parameters(paramLabel = "ENV", description = "The environment's name.")
    private String environment;

    @Option(names = "--sha", required = true, paramLabel = "SHA", description = "The commit, full or abbreviated.")
    private String sha;

    @Override
    Answer answer(Session session) throws InterruptedException {
        CommitSha commit = new CommitSha(sha);
        EnvironmentDefinition definition = session.file().environment(environment);
        WatchResult result = Waiting.forResult(session.toWatch(definition).watch(commit));
        return new Answer(result.outcome(), result.toMap(), Results.text(result), result.error());
    }

    @Override
    boolean changesSomething() {
        return true;
    }
}
