package io.jenkins.plugins.deployfirst.engine.ci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains the first few failing checks side by side; whoever reads them follows the links of the others. */
final class Explanations {
    private static final int MOST = 3;

    private final Pattern jobAddress;

    /**
     * Creates it.
     *
     * @param jobAddress of a check's page, when it is a job of the server; its first group is the job's id
     */
    Explanations(Pattern jobAddress) {
        this.jobAddress = jobAddress;
    }

    /**
     * Explains the failing checks that are jobs of the server.
     *
     * @param explain takes a check and its job's id; must not fail
     */
    CompletableFuture<List<FailureDetail>> of(
            List<Check> failures, BiFunction<Check, String, CompletableFuture<FailureDetail>> explain) {
        List<CompletableFuture<FailureDetail>> asked = failures.stream()
                .flatMap(check -> job(check).map(id -> explain.apply(check, id)).stream())
                .limit(MOST)
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(done -> {
            List<FailureDetail> known = new ArrayList<>();
            asked.stream()
                    .map(CompletableFuture::join)
                    .filter(FailureDetail::isKnown)
                    .forEach(known::add);
            return List.copyOf(known);
        });
    }

    private Optional<String> job(Check check) {
        Matcher address = jobAddress.matcher(check.url());
        return address.matches() ? Optional.of(address.group(1)) : Optional.empty();
    }
}
