package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import io.jenkins.plugins.deployfirst.engine.notify.Message;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Kind;
import io.jenkins.plugins.deployfirst.engine.notify.Message.Link;
import io.jenkins.plugins.deployfirst.engine.notify.Notifier;
import java.util.ArrayList;
import java.util.List;

/** Tells an environment's notifiers what its flows do, without waiting for them. */
final class Messages {
    private final Environment environment;
    private final FlowContext context;

    Messages(Environment environment, FlowContext context) {
        this.environment = environment;
        this.context = context;
    }

    void started(Release release, Release live) {
        send(
                Kind.STARTED,
                release,
                "Deploying " + release.abbreviated() + " to " + environment.name() + " over " + live.abbreviated()
                        + ".",
                "Health check, then CI verification.",
                List.of());
    }

    void deployed(Release release) {
        boolean watched = context.ciServer().isPresent();
        send(
                Kind.DEPLOYED,
                release,
                release.abbreviated() + " is live on " + environment.name() + ".",
                watched ? "CI verification in progress." : "",
                List.of());
    }

    void promoting(String from, Release release, Release live) {
        send(
                Kind.STARTED,
                release,
                "Promoting " + release.abbreviated() + ": " + from + " -> " + environment.name() + ", over "
                        + live.abbreviated() + ".",
                "Backup, then health check.",
                List.of());
    }

    void promoted(String from, Release release) {
        send(
                Kind.DEPLOYED,
                release,
                release.abbreviated() + " is live on " + environment.name() + ": " + from + " -> " + environment.name()
                        + ".",
                "",
                List.of());
    }

    void validated(Release release) {
        send(
                Kind.VALIDATED,
                release,
                release.abbreviated() + " on " + environment.name() + " is validated: CI succeeded.",
                "",
                List.of());
    }

    void rolledBack(Release from, Release to, String reason, List<Check> failures) {
        rolledBack(from, to, reason, failures, List.of());
    }

    void rolledBack(Release from, Release to, String reason, List<Check> failures, List<FailureDetail> details) {
        send(
                Kind.ROLLED_BACK,
                from,
                environment.name() + " was taken back from " + from.abbreviated() + " to " + to.abbreviated() + ": "
                        + reason,
                from.abbreviated() + " is refused until its CI succeeds.",
                failures,
                details);
    }

    void failed(Release release, String reason, String next) {
        send(Kind.FAILED, release, reason, next, List.of());
    }

    void noVerdict(Release release, String reason, String next) {
        send(Kind.NO_VERDICT, release, reason, next, List.of());
    }

    private void send(Kind kind, Release release, String headline, String next, List<Check> failures) {
        send(kind, release, headline, next, failures, List.of());
    }

    private void send(
            Kind kind,
            Release release,
            String headline,
            String next,
            List<Check> failures,
            List<FailureDetail> details) {
        if (context.notifiers().isEmpty()) {
            return;
        }
        List<Link> links = new ArrayList<>();
        failures.forEach(check ->
                links.add(new Link(check.name() + ": " + check.conclusion() + step(check, details), check.url())));
        context.ciServer().ifPresent(server -> links.add(new Link("CI", server.pageOf(release.sha()))));
        if (!context.build().isEmpty()) {
            links.add(new Link("Build", context.build()));
        }
        Message message = new Message(
                kind,
                environment.name(),
                release.sha(),
                release.author(),
                release.subject(),
                headline,
                next,
                environment.health().url(),
                links,
                details.stream().findFirst().map(FailureDetail::log).orElse(List.of()));
        context.notifiers().forEach(notifier -> send(notifier, message));
    }

    private static String step(Check check, List<FailureDetail> details) {
        return details.stream()
                .filter(detail ->
                        detail.key().equals(check.key()) && !detail.step().isEmpty())
                .map(detail -> " (" + detail.step() + ")")
                .findFirst()
                .orElse("");
    }

    /** Whatever goes wrong with it is told, and changes nothing else. */
    private void send(Notifier notifier, Message message) {
        try {
            notifier.send(message).whenComplete((done, failure) -> {
                if (failure != null) {
                    warn(failure.getCause() == null ? failure : failure.getCause());
                }
            });
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    private void warn(Throwable failure) {
        context.progress().warn("A notification was not delivered: " + failure.getMessage());
    }
}
