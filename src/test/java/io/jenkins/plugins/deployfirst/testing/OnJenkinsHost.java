package io.jenkins.plugins.deployfirst.testing;

import io.jenkins.plugins.deployfirst.engine.testing.RealHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What tests share that run on one Jenkins with one real host: both are started once for a class, and for each test the host
 * runs its first release again and the environment {@value JenkinsHost#NAME} is the only one.
 */
@ExtendWith(RealHost.class)
@WithJenkins
public abstract class OnJenkinsHost {
    @TempDir
    protected static Path root;

    protected static JenkinsRule jenkins;
    protected static JenkinsHost host;
    protected static Pipelines pipelines;

    @BeforeAll
    static void startJenkinsAndHost(JenkinsRule rule) throws Exception {
        jenkins = rule;
        pipelines = new Pipelines(rule);
        host = JenkinsHost.start(root);
        host.addCredentials();
    }

    @AfterAll
    static void stopHost() {
        host.close();
    }

    @BeforeEach
    void beginAnew() {
        host.startAnew();
        host.configure();
    }
}
