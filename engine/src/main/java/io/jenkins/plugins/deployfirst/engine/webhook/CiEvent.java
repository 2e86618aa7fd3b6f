package io.jenkins.plugins.deployfirst.engine.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What a CI server says by webhook about a commit. It is a reason to ask the server, and never a verdict by itself.
 *
 * @param service the sort of server
 * @param repository the repository's or project's name there, as {@code ci:} names it; empty for a {@code ping} of a
 *     hook that belongs to no single repository
 * @param sha the full SHA; empty for a {@code ping}
 * @param ended whether something may have ended; what merely begins or waits decides nothing
 * @param says what happened, for people
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">GitHub's events</a>
 * @see <a href="https://docs.gitlab.com/user/project/integrations/webhook_events/">GitLab's events</a>
 */
public record CiEvent(CiService service, String repository, Optional<CommitSha> sha, boolean ended, String says) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 255;
    private static final Set<String> UNDER_WAY = Set.of(
            "queued",
            "requested",
            "waiting",
            "in_progress",
            "pending",
            "created",
            "waiting_for_resource",
            "waiting_for_callback",
            "preparing",
            "running",
            "scheduled",
            "canceling");

    /**
     * Understands a delivery whose signature holds.
     *
     * @throws DeployFirstException (USAGE) when it is none of the events that say something about a commit's checks, or
     *     has another form; the message names what was found and what to change in the server's webhook
     */
    public static CiEvent of(Delivery delivery) {
        CiService service = delivery.service()
                .orElseThrow(() -> refusal(
                        "no event of GitHub, GitLab or Gitea",
                        "Point the webhook of one of them here, with content type application/json."));
        return switch (service) {
            case GITHUB -> gitHub(delivery, header(delivery, "X-GitHub-Event"));
            case GITLAB -> gitLab(delivery, header(delivery, "X-Gitlab-Event"));
            case GITEA ->
                gitea(delivery, delivery.header("X-Gitea-Event").orElseGet(() -> header(delivery, "X-Forgejo-Event")));
        };
    }

    private static CiEvent gitHub(Delivery delivery, String name) {
        return switch (name) {
            case "check_run", "check_suite", "workflow_run" -> run(CiService.GITHUB, json(delivery), name);
            case "status" -> status(CiService.GITHUB, json(delivery));
            case "ping" -> ping(json(delivery));
            default -> throw otherEvent(name, "check runs, check suites, workflow runs and statuses");
        };
    }

    private static CiEvent gitLab(Delivery delivery, String name) {
        return switch (name) {
            case "Pipeline Hook" -> {
                JsonNode json = json(delivery);
                JsonNode pipeline = json.path("object_attributes");
                yield event(CiService.GITLAB, project(json), pipeline.path("sha"), "pipeline", pipeline.path("status"));
            }
            case "Job Hook" -> {
                JsonNode json = json(delivery);
                String job = "job \"" + json.path("build_name").asText("") + "\"";
                yield event(CiService.GITLAB, project(json), json.path("sha"), job, json.path("build_status"));
            }
            default -> throw otherEvent(name, "pipeline events and job events");
        };
    }

    private static CiEvent gitea(Delivery delivery, String name) {
        return switch (name) {
            case "status" -> status(CiService.GITEA, json(delivery));
            case "workflow_run" -> run(CiService.GITEA, json(delivery), name);
            default -> throw otherEvent(name, "statuses and workflow runs");
        };
    }

    private static CiEvent run(CiService service, JsonNode json, String name) {
        JsonNode run = json.path(name);
        String title = run.path("name").asText(run.path("app").path("name").asText(""));
        JsonNode state = run.path("conclusion").isTextual() ? run.path("conclusion") : run.path("status");
        return event(service, fullName(json), run.path("head_sha"), name + " \"" + title + "\"", state);
    }

    private static CiEvent status(CiService service, JsonNode json) {
        String name = "status \"" + json.path("context").asText("") + "\"";
        return event(service, fullName(json), json.path("sha"), name, json.path("state"));
    }

    private static CiEvent ping(JsonNode json) {
        String repository = OneLine.of(fullName(json).asText(""), LONGEST);
        return new CiEvent(CiService.GITHUB, repository, Optional.empty(), false, "ping");
    }

    private static CiEvent event(CiService service, JsonNode repository, JsonNode sha, String what, JsonNode state) {
        if (!repository.isTextual() || repository.textValue().length() > LONGEST) {
            throw malformed("names no repository");
        }
        return new CiEvent(
                service,
                OneLine.of(repository.textValue(), LONGEST),
                Optional.of(full(sha.asText(""))),
                !UNDER_WAY.contains(state.asText("")),
                OneLine.of(what + ": " + state.asText("unknown"), LONGEST));
    }

    private static CommitSha full(String sha) {
        try {
            CommitSha commit = new CommitSha(sha);
            if (commit.isFull()) {
                return commit;
            }
        } catch (DeployFirstException e) {
            // The message below says it, and does not repeat what a stranger sent.
        }
        throw malformed("names no full commit SHA");
    }

    private static JsonNode fullName(JsonNode json) {
        return json.path("repository").path("full_name");
    }

    /** Job events have had their project's path only since GitLab 15; before, it is in the address. */
    private static JsonNode project(JsonNode json) {
        JsonNode path = json.path("project").path("path_with_namespace");
        if (path.isTextual()) {
            return path;
        }
        try {
            String address = URI.create(json.path("repository").path("homepage").asText(""))
                    .getPath();
            return address == null ? path : JSON.getNodeFactory().textNode(address.replaceFirst("^/", ""));
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static JsonNode json(Delivery delivery) {
        if (!delivery.isJson()) {
            String type = OneLine.of(delivery.header("Content-Type").orElse(""), 60);
            throw DeployFirstException.usage(
                    "webhook: the payload's content type is \"" + type + "\", and JSON is taken.",
                    "Set the webhook's content type to application/json.");
        }
        try {
            JsonNode json = JSON.readTree(delivery.body());
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // The message below says it; the parser's own would quote the body.
        }
        throw malformed("is not a JSON object");
    }

    private static String header(Delivery delivery, String name) {
        return delivery.header(name).orElse("");
    }

    private static DeployFirstException otherEvent(String name, String wanted) {
        return refusal(
                "the event \"" + OneLine.of(name, 60) + "\"", "Choose only " + wanted + " in the webhook's settings.");
    }

    private static DeployFirstException malformed(String problem) {
        return DeployFirstException.usage(
                "webhook: the payload " + problem + ".", "Send it as the server documents it, without a template.");
    }

    private static DeployFirstException refusal(String found, String remedy) {
        return DeployFirstException.usage("webhook: this is " + found + ", which says nothing about checks.", remedy);
    }
}
