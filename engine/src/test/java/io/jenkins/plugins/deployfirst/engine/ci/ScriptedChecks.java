package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A CI server for tests of other packages: it shows the checks that it was told last. */
public final class ScriptedChecks implements CiServer {
    private volatile Supplier<CompletableFuture<CiSnapshot>> answer;
    private volatile Supplier<CompletableFuture<List<FailureDetail>>> explanation =
            () -> CompletableFuture.completedFuture(List.of());

    private ScriptedChecks(Supplier<CompletableFuture<CiSnapshot>> answer) {
        this.answer = answer;
    }

    /** Shows checks that are written as {@code name=ok}, or with a link {@code name=bad@https://…}: ok, bad, skip or run. */
    public static ScriptedChecks of(String... words) {
        return new ScriptedChecks(() -> CompletableFuture.completedFuture(snapshot(words)));
    }

    /** Refuses to answer. */
    public static ScriptedChecks refusing(String reason) {
        return new ScriptedChecks(() -> CompletableFuture.failedFuture(CiReadException.permanent(reason)));
    }

    /** Shows other checks from now on. */
    public void show(String... words) {
        answer = () -> CompletableFuture.completedFuture(snapshot(words));
    }

    /** Explains the failing check of this name. */
    public ScriptedChecks explaining(String check, String step, String... log) {
        explanation = () -> CompletableFuture.completedFuture(List.of(new FailureDetail(check, step, List.of(log))));
        return this;
    }

    /** Never comes to an end with what it explains. */
    public ScriptedChecks explainingForEver() {
        explanation = CompletableFuture::new;
        return this;
    }

    @Override
    public CompletableFuture<List<FailureDetail>> explain(List<Check> failures) {
        return explanation.get();
    }

    private static CiSnapshot snapshot(String... words) {
        return new CiSnapshot(Arrays.stream(words).map(ScriptedChecks::check).toList(), false);
    }

    private static Check check(String word) {
        String[] parts = word.split("[=@]", 3);
        Check.State state =
                switch (parts[1]) {
                    case "ok" -> Check.State.SUCCEEDED;
                    case "bad" -> Check.State.FAILED;
                    case "skip" -> Check.State.NEUTRAL;
                    case "run" -> Check.State.PENDING;
                    default -> throw new IllegalArgumentException(word);
                };
        return new Check(parts[0], parts[0], state, parts[1], parts.length < 3 ? "" : parts[2]);
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        return answer.get();
    }

    @Override
    public String describe() {
        return "scripted checks";
    }

    @Override
    public String pageOf(String sha) {
        return "https://ci.example.com/commit/" + sha;
    }
}
