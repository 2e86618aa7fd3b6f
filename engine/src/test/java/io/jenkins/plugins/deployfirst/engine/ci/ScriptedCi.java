package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A CI server that answers from a script; the last answer stays. */
final class ScriptedCi implements CiServer {
    private final Deque<Answer> script = new ArrayDeque<>();
    private final AtomicInteger reads = new AtomicInteger();

    /** One step of the script. */
    interface Answer {
        CompletableFuture<CiSnapshot> get();
    }

    static ScriptedCi answering(Answer... answers) {
        ScriptedCi server = new ScriptedCi();
        server.script.addAll(List.of(answers));
        return server;
    }

    /** Checks as words such as {@code build=ok}; ok, bad, skip or run. No words: a commit without checks. */
    static Answer checks(String... words) {
        return () -> CompletableFuture.completedFuture(snapshot(words));
    }

    static Answer failing(RuntimeException failure) {
        return () -> CompletableFuture.failedFuture(failure);
    }

    static CiSnapshot snapshot(String... words) {
        return new CiSnapshot(
                Arrays.stream(words)
                        .map(word -> word.split("="))
                        .map(ScriptedCi::check)
                        .toList(),
                false);
    }

    int reads() {
        return reads.get();
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        reads.incrementAndGet();
        Answer answer;
        synchronized (script) {
            answer = script.size() > 1 ? script.poll() : script.peek();
        }
        return answer.get();
    }

    @Override
    public String describe() {
        return "scripted CI";
    }

    @Override
    public String pageOf(String sha) {
        return "";
    }

    private static Check check(String[] word) {
        State state =
                switch (word[1]) {
                    case "ok" -> State.SUCCEEDED;
                    case "bad" -> State.FAILED;
                    case "skip" -> State.NEUTRAL;
                    case "run" -> State.PENDING;
                    default -> throw new IllegalArgumentException(word[1]);
                };
        return new Check(word[0], word[0], state, word[1], "");
    }
}
