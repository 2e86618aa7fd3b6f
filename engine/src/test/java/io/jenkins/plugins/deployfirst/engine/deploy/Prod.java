package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import io.jenkins.plugins.deployfirst.engine.testing.Stack;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A second environment on the host of another one: the same repository, with containers and a port of its own. */
final class Prod implements AutoCloseable {
    private static final String COMPOSE_FILE = "docker-compose-prod.yml";

    final Stack stack;
    private final Preprod preprod;
    private String first;

    private Prod(Preprod preprod, Stack stack) {
        this.preprod = preprod;
        this.stack = stack;
    }

    static Prod beside(Preprod preprod, Path root) {
        Stack stack = Stack.start(root).withStateFolder();
        host(stack, "git remote set-url origin '" + preprod.stack.origin() + "'");
        return new Prod(preprod, stack);
    }

    /** Puts both on a first release that knows both of them, and has the host forget everything. */
    void startAnew() {
        preprod.startAnew();
        first = preprod.stack.commit("Add production", Map.of(COMPOSE_FILE, stack.composeFile("")));
        host(stack, "git fetch -q && git reset -q --hard " + first + " && rm -f '" + stack.stateFile() + "'");
    }

    String first() {
        return first;
    }

    Environment environment() {
        return with(it -> {});
    }

    Environment with(Consumer<EnvironmentBuilder> difference) {
        EnvironmentBuilder builder = new EnvironmentBuilder(stack.environment(preprod.server.settings()));
        builder.files(COMPOSE_FILE);
        difference.accept(builder);
        return builder.build();
    }

    Environment with(String backup, FreezeWindows freeze) {
        return with(it ->
                it.promotion = new PromotionSettings(Optional.of(backup).filter(text -> !text.isEmpty()), freeze));
    }

    List<JournalEntry> journal() {
        Path file = preprod.stack
                .home()
                .resolve(".deploy-first")
                .resolve(stack.name())
                .resolve("journal.jsonl");
        return Files.exists(file) ? JournalEntry.parseAll(Tool.read(file)) : List.of();
    }

    List<String> events() {
        return journal().stream().map(entry -> entry.get("event")).toList();
    }

    String startedAt(String service) {
        return host(stack, "docker inspect --format '{{.Id}} {{.State.StartedAt}}' " + stack.container(service));
    }

    private static String host(Stack stack, String command) {
        return Tool.run(stack.checkout(), "sh", "-c", command);
    }

    @Override
    public void close() {
        stack.close();
    }
}
