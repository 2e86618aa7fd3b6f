package io.jenkins.plugins.deployfirst.engine.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.common.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Makes pages of GitHub's lists from its own examples, and checks each against its schema. */
final class GitHubPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GitHubPages() {}

    /** The text of a file beside this class, in {@code github/}. */
    static String file(String name) {
        try (InputStream file = GitHubPages.class.getResourceAsStream("github/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A check run of suite 5 that GitHub Actions reports; the conclusion is null while it is not completed. */
    static ObjectNode run(long id, String name, String status, String conclusion) {
        ObjectNode run =
                (ObjectNode) read("check-runs.example.json").at("/check_runs/0").deepCopy();
        run.put("id", id);
        run.put("name", name);
        run.put("external_id", "job-" + name);
        run.put("html_url", "https://github.com/github/hello-world/runs/" + id);
        run.put("status", status);
        run.put("conclusion", conclusion);
        ((ObjectNode) run.get("app")).put("slug", "github-actions");
        return run;
    }

    static ObjectNode run(long id, String name, String conclusion) {
        return run(id, name, "completed", conclusion);
    }

    static ObjectNode inSuite(ObjectNode run, long suite) {
        ((ObjectNode) run.get("check_suite")).put("id", suite);
        return run;
    }

    static ObjectNode byApp(ObjectNode run, String slug) {
        ((ObjectNode) run.get("app")).put("slug", slug);
        return run;
    }

    static ObjectNode status(long id, String context, String state) {
        ObjectNode status = (ObjectNode)
                read("combined-status.example.json").at("/statuses/0").deepCopy();
        status.put("id", id);
        status.put("context", context);
        status.put("state", state);
        return status;
    }

    /** A check suite in the form of https://docs.github.com/en/rest/checks/suites, reduced to what tells it apart. */
    static ObjectNode suite(long id, String app, String status, String conclusion, int runs) {
        ObjectNode suite = JSON.createObjectNode();
        suite.put("id", id);
        suite.put("status", status);
        suite.put("conclusion", conclusion);
        suite.put("latest_check_runs_count", runs);
        suite.putObject("app").put("slug", app).put("name", "GitHub Actions");
        return suite;
    }

    static String runs(ObjectNode... runs) {
        return runsOf(runs.length, List.of(runs));
    }

    static String runsOf(int total, List<ObjectNode> runs) {
        return valid("check-runs.schema.json", runsAsTheyAre(total, runs));
    }

    /** A page that may hold words which GitHub's schema does not know (yet). */
    static String runsAsTheyAre(int total, List<ObjectNode> runs) {
        ObjectNode page = JSON.createObjectNode().put("total_count", total);
        page.putArray("check_runs").addAll(runs);
        return page.toString();
    }

    static String statuses(ObjectNode... statuses) {
        return statusesOf(statuses.length, List.of(statuses));
    }

    static String statusesOf(int total, List<ObjectNode> statuses) {
        ObjectNode page = ((ObjectNode) read("combined-status.example.json")).put("total_count", total);
        page.putArray("statuses").addAll(statuses);
        return valid("combined-status.schema.json", page.toString());
    }

    static String suites(ObjectNode... suites) {
        ObjectNode page = JSON.createObjectNode().put("total_count", suites.length);
        page.putArray("check_suites").addAll(List.of(suites));
        return page.toString();
    }

    static Optional<String> schemaError(String schema, String json) {
        var match = WireMock.matchingJsonSchema(file(schema)).match(json);
        return match.isExactMatch() ? Optional.empty() : Optional.of(Json.write(match.getSubEvents()));
    }

    private static String valid(String schema, String json) {
        assertThat(schemaError(schema, json)).as("%s fits %s", json, schema).isEmpty();
        return json;
    }

    private static JsonNode read(String name) {
        try {
            return JSON.readTree(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
