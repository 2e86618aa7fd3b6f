package io.jenkins.plugins.deployfirst.testing;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.TopLevelItem;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.deployfirst.config.DeployFirstConfiguration;
import java.util.List;
import java.util.Map;
import org.jvnet.hudson.test.JenkinsRule;

/** One Jenkins for all tests of a class, because starting it takes far longer than most of them. */
public final class SharedJenkins {
    private SharedJenkins() {}

    /** Takes away the jobs, environments, credentials and security settings that the test before has left. */
    public static void startAnew(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        for (TopLevelItem item : jenkins.jenkins.getItems()) {
            item.delete();
        }
        DeployFirstConfiguration.get().setEnvironments(List.of());
        DeployFirstConfiguration.get().setWebhookSecrets(List.of());
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials.setDomainCredentialsMap(Map.of(Domain.global(), List.of()));
        credentials.save();
    }
}
