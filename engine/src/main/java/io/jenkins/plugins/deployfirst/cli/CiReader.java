package io.jenkins.plugins.deployfirst.cli;

import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.GitHub;
import io.jenkins.plugins.deployfirst.engine.health.HttpCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code ci:}: which server runs a commit's checks, and how they are watched. */
final class CiReader {
    static final KnownKeys CI = KnownKeys.of(
                    "github", "initialDelay", "interval", "timeout", "checks", "ignoreChecks", "onTimeout", "onAbsent")
            .later("gitlab", "gitea");
    static final KnownKeys GITHUB = KnownKeys.of("repository", "apiUrl", "tokenEnv")
            .jenkinsOnly("credentialsId", "Here, name the variable that holds the token with tokenEnv.");

    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9._-]{1,100}");

    private CiReader() {}

    /**
     * A repository on GitHub.
     *
     * @param token empty: it is read without logging in, which GitHub allows for public repositories, slowly
     */
    record GitHubDefinition(String repository, String apiUrl, Optional<Variable> token) {}

    static CiRules rules(YamlSection ci) {
        CiRules defaults = CiRules.DEFAULTS;
        return new CiRules(
                ci.get("initialDelay").map(YamlValue::duration).orElse(defaults.initialDelay()),
                ci.get("interval").map(YamlValue::positiveDuration).orElse(defaults.interval()),
                ci.get("timeout").map(YamlValue::duration).orElse(defaults.timeout()),
                ci.get("checks").map(YamlValue::texts).orElse(List.of()),
                ci.get("ignoreChecks").map(YamlValue::texts).orElse(List.of()),
                ci.get("onTimeout")
                        .map(value -> value.oneOf(CiRules.OnNoVerdict.class))
                        .orElse(defaults.onTimeout()),
                ci.get("onAbsent")
                        .map(value -> value.oneOf(CiRules.OnNoVerdict.class))
                        .orElse(defaults.onAbsent()));
    }

    static GitHubDefinition gitHub(YamlSection ci) {
        YamlSection gitHub = ci.require("github", "github: { repository: owner/repo, tokenEnv: GITHUB_TOKEN }")
                .section(GITHUB);
        String apiUrl = gitHub.text("apiUrl").orElse(GitHub.DEFAULT_API_URL);
        gitHub.checked(() -> HttpCheck.url(apiUrl), Map.of("health.url", "apiUrl"));
        return new GitHubDefinition(
                repository(gitHub.require("repository", "repository: owner/repo")),
                apiUrl,
                gitHub.get("tokenEnv").map(Variable::of));
    }

    private static String repository(YamlValue value) {
        String text = value.text().strip();
        if (!REPOSITORY.matcher(text).matches()) {
            throw value.place()
                    .wrong(
                            YamlValue.shown(text) + " is not a repository's name.",
                            "Write owner/name, as in https://github.com/owner/name.");
        }
        return text;
    }
}
