package io.jenkins.plugins.deployfirst.extending;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.jenkins.plugins.deployfirst.testing.Pipelines.log;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import io.jenkins.plugins.deployfirst.ci.CiAccess;
import io.jenkins.plugins.deployfirst.config.CiContext;
import io.jenkins.plugins.deployfirst.config.CiDefinition;
import io.jenkins.plugins.deployfirst.config.CiDescriptor;
import io.jenkins.plugins.deployfirst.config.Credentials;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.testing.OnJenkinsHost;
import io.jenkins.plugins.deployfirst.testing.Pipelines;
import io.jenkins.plugins.deployfirst.testing.SharedJenkins;
import io.jenkins.plugins.deployfirst.watch.CiWatches;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** A CI server that another plugin adds, as docs/extending.md tells it, on a real Jenkins and a real host. */
class ExtendingTest extends OnJenkinsHost {
    private static WireMockServer line;

    @BeforeAll
    static void startLine() {
        line = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        line.start();
    }

    @AfterAll
    static void stopLine() {
        line.stop();
    }

    @BeforeEach
    void watchTheLine() throws Exception {
        SharedJenkins.startAnew(jenkins);
        host.addCredentials();
        Credentials.text("line-token", "TokenOfTheLine");
        line.resetAll();
        host.configure(environment -> {
            LineCiDefinition ci = new LineCiDefinition(line.baseUrl(), "line-token");
            ci.setInitialDelay("0");
            ci.setInterval("1h");
            ci.setTimeout("2h");
            environment.setCi(ci);
        });
    }

    /** It reads once an hour: what brings the verdict is the event. */
    @Test
    void aWatchIsWokenByItsServersEventAndTakesTheReleaseBack() throws Exception {
        String sha = host.stack.release("a bad release");
        says(sha, "running unit tests");
        WorkflowRun build = pipelines.start(deployAndWatch(sha));
        Pipelines.await("CI: 0 of 1 checks done, pending: unit tests", build);

        says(sha, "failed unit tests");
        CiWatches.wake(new CommitSha(sha), place -> place.equals(new LinePlace(line.baseUrl())));

        assertThat(log(Result.FAILURE, Pipelines.end(build)))
                .contains("on Line CI at " + line.baseUrl())
                .contains("CI failed: unit tests (failed)")
                .contains("was taken back to ")
                .doesNotContain("TokenOfTheLine");
        assertThat(host.stack.page()).isEqualTo("Welcome, release 1");
        line.verify(getRequestedFor(urlPathEqualTo("/" + sha))
                .withHeader("Authorization", equalTo("Bearer TokenOfTheLine")));
    }

    private static void says(String sha, String checks) {
        line.stubFor(get(urlPathEqualTo("/" + sha)).willReturn(ok(checks)));
    }

    private static String deployAndWatch(String sha) {
        return "deployPreprodFirst environment: 'preprod', sha: '" + sha + "'\n"
                + "watchCiAndRollback environment: 'preprod'";
    }

    /** The settings of a {@link LineCi}. */
    public static final class LineCiDefinition extends CiDefinition {
        private static final long serialVersionUID = 1L;

        private final String url;
        private final String credentialsId;

        @DataBoundConstructor
        public LineCiDefinition(String url, String credentialsId) {
            this.url = url;
            this.credentialsId = credentialsId;
        }

        public String getUrl() {
            return url;
        }

        public String getCredentialsId() {
            return credentialsId;
        }

        @Override
        protected void check() {
            if (!url.startsWith("http")) {
                throw DeployFirstException.usage("ci.line.url: this is no address.", "Write https://line.example.com.");
            }
        }

        @Override
        protected CiAccess resolve(CiContext context) {
            return new CiAccess(new LinePlace(url), context.token("ci.line.credentialsId", credentialsId, url));
        }

        /** Describes it. */
        @TestExtension
        @Symbol("line")
        public static final class DescriptorImpl extends CiDescriptor {
            @NonNull
            @Override
            public String getDisplayName() {
                return "Line CI";
            }
        }
    }
}
