package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules.OnNoVerdict;
import io.jenkins.plugins.deployfirst.engine.ci.CiService;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads {@code ci:}: which server runs a commit's checks, and how they are watched. */
final class CiReader {
    static final KnownKeys CI = KnownKeys.of(
                    "github",
                    "gitlab",
                    "gitea",
                    "initialDelay",
                    "interval",
                    "timeout",
                    "checks",
                    "ignoreChecks",
                    "onTimeout",
                    "onAbsent")
            .jenkinsOnly(
                    "jenkins",
                    "The builds of a Jenkins are known to that Jenkins alone. Here, name the server that its jobs report to:"
                            + " github, gitlab or gitea.");

    private CiReader() {}

    /**
     * A repository on a CI server.
     *
     * @param repository as the server names it
     * @param token empty: it is read without logging in, which is allowed for public repositories, slowly
     */
    record CiDefinition(CiService service, String repository, String apiUrl, Optional<Variable> token) {}

    /** Returns the keys below a server's. */
    static KnownKeys keys(CiService service) {
        return KnownKeys.of(service.repositoryKey(), "apiUrl", "tokenEnv")
                .jenkinsOnly("credentialsId", "Here, name the variable that holds the token with tokenEnv.");
    }

    static CiRules rules(YamlSection ci) {
        CiRules defaults = CiRules.DEFAULTS;
        Duration initialDelay = ci.get("initialDelay").map(YamlValue::duration).orElse(defaults.initialDelay());
        Duration interval = ci.get("interval").map(YamlValue::positiveDuration).orElse(defaults.interval());
        Duration timeout = ci.get("timeout").map(YamlValue::duration).orElse(defaults.timeout());
        List<String> checks = ci.get("checks").map(YamlValue::texts).orElse(List.of());
        List<String> ignored = ci.get("ignoreChecks").map(YamlValue::texts).orElse(List.of());
        OnNoVerdict onTimeout = word(ci, "onTimeout").orElse(defaults.onTimeout());
        OnNoVerdict onAbsent = word(ci, "onAbsent").orElse(defaults.onAbsent());
        return ci.checked(() -> new CiRules(initialDelay, interval, timeout, checks, ignored, onTimeout, onAbsent));
    }

    private static Optional<OnNoVerdict> word(YamlSection ci, String key) {
        return ci.get(key).map(value -> value.oneOf(OnNoVerdict.class));
    }

    static CiDefinition server(YamlSection ci) {
        List<CiService> named = Arrays.stream(CiService.values())
                .filter(service -> ci.has(service.key()))
                .toList();
        if (named.isEmpty()) {
            throw ci.missing(
                    "github", "github: { repository: owner/repo, tokenEnv: GITHUB_TOKEN } (or gitlab, or gitea)");
        }
        if (named.size() > 1) {
            throw ci.place()
                    .wrong(
                            "has both " + named.get(0).key() + " and "
                                    + named.get(1).key() + ".",
                            "Keep the one that runs the checks.");
        }
        CiService service = named.get(0);
        return server(service, ci.get(service.key()).orElseThrow().section(keys(service)));
    }

    private static CiDefinition server(CiService service, YamlSection section) {
        String key = service.repositoryKey();
        String repository = section.require(key, key + ": " + service.example()).text();
        String apiUrl = section.text("apiUrl")
                .or(service::defaultApiUrl)
                .orElseThrow(() -> section.missing("apiUrl", "apiUrl: https://gitea.example.com/api/v1"));
        return section.checked(() -> {
            service.check(apiUrl, repository);
            return new CiDefinition(
                    service, repository.strip(), apiUrl, section.get("tokenEnv").map(Variable::of));
        });
    }
}
