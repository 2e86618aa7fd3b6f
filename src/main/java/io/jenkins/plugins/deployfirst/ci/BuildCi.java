package io.jenkins.plugins.deployfirst.ci;

import hudson.model.Run;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import java.net.http.HttpClient;

/**
 * The CI server of an environment, for one build that uses it.
 *
 * @param access how it is read
 * @param own the checks that the build's job reports itself
 */
public record BuildCi(CiAccess access, OwnChecks own) {
    /** Makes it for a build. */
    public static BuildCi of(Run<?, ?> run, CiAccess access) {
        return new BuildCi(access, OwnChecks.of(run.getParent()));
    }

    /** Makes it for a watch that no build has asked for: the names that plugins give to checks of Jenkins do not count. */
    public static BuildCi withoutBuild(CiAccess access) {
        return new BuildCi(access, new OwnChecks("", ""));
    }

    /** Returns a server as this build is to see it. */
    public CiServer seenBy(CiServer server) {
        return new WithoutOwnChecks(server, own);
    }

    /** Opens it with the token as it is now. */
    public CiServer open(HttpClient http) {
        return seenBy(access.open(http));
    }

    /** Returns the page of a commit, below which that of its checks lies; empty where there is none. */
    public String commitPage(HttpClient http, String sha) {
        String checks = access.open(http).pageOf(sha);
        int end = checks.indexOf(sha);
        return end < 0 ? "" : checks.substring(0, end + sha.length());
    }

    /** Names it without the token. */
    @Override
    public String toString() {
        return access.toString();
    }
}
