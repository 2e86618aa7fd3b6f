package io.jenkins.plugins.deployfirst.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/** A command that works on environments: opens a session, does its job in it, reports what came of it. */
abstract class Task implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Override
    public final Integer call() throws InterruptedException {
        Answer answer;
        try (Session session = root.session()) {
            answer = answer(session);
        }
        return root.reporter().report(answer);
    }

    /** Does the job. */
    abstract Answer answer(Session session) throws InterruptedException;

    /** Returns whether an error half way may leave an environment changed. */
    abstract boolean changesSomething();
}
