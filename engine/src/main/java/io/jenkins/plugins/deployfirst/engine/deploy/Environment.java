package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named place that something is deployed to, whole: the host, the directory, compose, health and CI rules.
 *
 * @param name letters, digits, dot, dash and underscore
 * @param host where its commands run
 * @param directory absolute path on the host of the git checkout, or of the compose files
 * @param compose how its containers are run
 * @param migrate its schema changes, if it has any
 * @param health what must be healthy after a change
 * @param ciRules how CI is watched; which server, the front end resolves
 * @param stateFile absolute path of the validated SHA's file on the host; empty: in the state directory
 * @param lockTimeout how long a flow waits for another one; default 10 min
 * @param commandTimeout deadline of each remote command; default 15 min
 * @param remote the git remote that releases are fetched from; default {@code origin}
 * @param preflight what must be there before anything is changed
 * @param promotion what is heeded when a release is promoted to it
 * @param rolling how containers are replaced while the old ones serve; empty: the old ones are stopped first
 * @param image how the images of releases are named; empty: the directory is a git checkout
 * @param secrets what is lent to the host for the time of a flow
 */
public record Environment(
        String name,
        HostSettings host,
        String directory,
        ComposeSettings compose,
        Optional<MigrateSettings> migrate,
        HealthSettings health,
        CiRules ciRules,
        Optional<String> stateFile,
        Duration lockTimeout,
        Duration commandTimeout,
        String remote,
        PreflightSettings preflight,
        PromotionSettings promotion,
        Optional<RollingSettings> rolling,
        SecretSettings secrets,
        Optional<ImageSettings> image) {

    public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofMinutes(10);
    public static final Duration DEFAULT_COMMAND_TIMEOUT = Duration.ofMinutes(15);
    public static final String DEFAULT_REMOTE = "origin";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern NO_REF = Pattern.compile(".*\\.\\..*|.*\\.lock");
    private static final Pattern REMOTE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");

    public Environment {
        if (!NAME.matcher(name).matches()) {
            throw DeployFirstException.usage(
                    "name: \"" + name + "\" is not a name for an environment.",
                    "Use letters, digits, dots, dashes and underscores, at most 100, starting with a letter or digit.");
        }
        if (NO_REF.matcher(name).matches()) {
            throw DeployFirstException.usage(
                    "name: \"" + name + "\" cannot be part of the git refs that keep its commits.",
                    "Choose one without two dots in a row and without .lock at the end.");
        }
        requireAbsolute("directory", directory);
        stateFile.ifPresent(path -> requireAbsolute("stateFile", path));
        if (!REMOTE.matcher(remote).matches()) {
            throw DeployFirstException.usage(
                    "remote: \"" + remote + "\" is not the name of a git remote.", "Use its name, such as origin.");
        }
        if (image.isPresent() && compose.action() == ComposeSettings.Action.RESTART) {
            throw DeployFirstException.usage(
                    "compose.action: restart keeps the containers, and mode: image replaces them.",
                    "Write compose.action: up, or leave it out.");
        }
        if (rolling.isPresent() && compose.action() == ComposeSettings.Action.RESTART) {
            throw DeployFirstException.usage(
                    "strategy: rolling replaces containers, and compose.action: restart keeps them.",
                    "Write compose.action: up, or strategy: recreate.");
        }
        if (image.isPresent()
                && secrets.envFile().filter(file -> file.path().equals(".env")).isPresent()) {
            throw DeployFirstException.usage(
                    "envFile.path: .env holds the tag of the images that are live.",
                    "Choose another path, such as app.env, and name it by env_file in the compose files.");
        }
    }

    /** Creates an environment that depends on nothing but its own containers. */
    public Environment(
            String name,
            HostSettings host,
            String directory,
            ComposeSettings compose,
            Optional<MigrateSettings> migrate,
            HealthSettings health,
            CiRules ciRules,
            Optional<String> stateFile,
            Duration lockTimeout,
            Duration commandTimeout,
            String remote) {
        this(
                name,
                host,
                directory,
                compose,
                migrate,
                health,
                ciRules,
                stateFile,
                lockTimeout,
                commandTimeout,
                remote,
                PreflightSettings.NONE,
                PromotionSettings.NONE,
                Optional.empty(),
                SecretSettings.NONE,
                Optional.empty());
    }

    /** Returns the same environment on another host. */
    public Environment on(HostSettings other) {
        return with(other, compose, health, preflight, promotion, rolling, secrets, image);
    }

    /** Returns the same environment, its containers run in another way. */
    public Environment with(ComposeSettings other) {
        return with(host, other, health, preflight, promotion, rolling, secrets, image);
    }

    /** Returns the same environment, its health looked after in another way. */
    public Environment with(HealthSettings other) {
        return with(host, compose, other, preflight, promotion, rolling, secrets, image);
    }

    /** Returns the same environment, depending on something else. */
    public Environment with(PreflightSettings other) {
        return with(host, compose, health, other, promotion, rolling, secrets, image);
    }

    /** Returns the same environment, promotions to it done in another way. */
    public Environment with(PromotionSettings other) {
        return with(host, compose, health, preflight, other, rolling, secrets, image);
    }

    /** Returns the same environment, its containers replaced in another way. */
    public Environment with(Optional<RollingSettings> other) {
        return with(host, compose, health, preflight, promotion, other, secrets, image);
    }

    /** Returns the same environment, lending other secrets to the host. */
    public Environment with(SecretSettings other) {
        return with(host, compose, health, preflight, promotion, rolling, other, image);
    }

    /** Returns the same environment, with releases that the tag of images carries, and everything brought up. */
    public Environment with(ImageSettings other) {
        return with(
                host,
                compose.doing(ComposeSettings.Action.UP),
                health,
                preflight,
                promotion,
                rolling,
                secrets,
                Optional.of(other));
    }

    private Environment with(
            HostSettings host,
            ComposeSettings compose,
            HealthSettings health,
            PreflightSettings preflight,
            PromotionSettings promotion,
            Optional<RollingSettings> rolling,
            SecretSettings secrets,
            Optional<ImageSettings> image) {
        return new Environment(
                name,
                host,
                directory,
                compose,
                migrate,
                health,
                ciRules,
                stateFile,
                lockTimeout,
                commandTimeout,
                remote,
                preflight,
                promotion,
                rolling,
                secrets,
                image);
    }

    private static void requireAbsolute(String field, String path) {
        if (!path.startsWith("/") || path.chars().anyMatch(Character::isISOControl)) {
            throw DeployFirstException.usage(
                    field + ": \"" + path + "\" is not an absolute path.",
                    "Write the full path on the host, such as /srv/app.");
        }
    }
}
