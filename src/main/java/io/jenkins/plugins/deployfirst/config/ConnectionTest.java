package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.agent.Http;
import io.jenkins.plugins.deployfirst.agent.Inspection;
import io.jenkins.plugins.deployfirst.agent.ResolvedEnvironment;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.HostInspection.Finding;
import io.jenkins.plugins.deployfirst.engine.deploy.HostInspection.Subject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries an environment's host, its CI server and its credentials, and lists what it found. */
final class ConnectionTest {
    private static final int CI_SECONDS = 30;

    private final EnvironmentDefinition definition;
    private final CiContext context;
    private final CredentialSource credentials;
    private final Checklist checklist = new Checklist();

    private ConnectionTest(EnvironmentDefinition definition, @CheckForNull Item item) {
        this.definition = definition;
        this.context = CiContext.of(item);
        this.credentials = CredentialSource.of(item);
    }

    /**
     * Blocks until done, a few seconds as a rule.
     *
     * @param item the job or folder whose form it is; null in the global configuration
     */
    static Checklist run(EnvironmentDefinition definition, @CheckForNull Item item) throws InterruptedException {
        ConnectionTest test = new ConnectionTest(definition, item);
        try {
            test.look(EnvironmentReader.check(definition));
        } catch (DeployFirstException e) {
            test.checklist.failed(Messages.ConnectionTest_settings(), e);
        }
        return test.checklist;
    }

    private void look(Environment settings) throws InterruptedException {
        // The server may be slow: meanwhile the host is looked at.
        Optional<CompletableFuture<String>> ci = ci();
        try {
            Environment environment = settings.on(definition.getHost().resolve(credentials));
            report(environment, FlowRunner.inspect(reached(environment)));
        } catch (DeployFirstException e) {
            checklist.failed(Messages.ConnectionTest_connection(), e);
        }
        lookUp(Messages.ConnectionTest_secrets(), () -> EnvironmentReader.secrets(definition, credentials));
        if (ci.isPresent()) {
            report(ci.get());
        }
        for (NotifierDefinition notifier : definition.getNotify()) {
            String name = notifier.getDescriptor().getDisplayName();
            if (lookUp(name, () -> notifier.resolve(credentials))) {
                checklist.ok(name, Messages.ConnectionTest_notifier());
            }
        }
    }

    private ResolvedEnvironment reached(Environment environment) {
        return new ResolvedEnvironment(
                environment, Optional.empty(), List.of(), EnvironmentReader.via(definition, context));
    }

    private void report(Environment environment, Inspection inspection) {
        if (!inspection.knownHostsLine().isEmpty()) {
            checklist.failed(
                    Messages.ConnectionTest_connection(),
                    inspection.error(),
                    Messages.ConnectionTest_knownHostsLine(),
                    inspection.knownHostsLine());
        } else if (!inspection.error().isEmpty()) {
            checklist.failed(Messages.ConnectionTest_connection(), inspection.error(), "");
        } else {
            checklist.ok(
                    Messages.ConnectionTest_connection(), environment.host().describe());
        }
        for (Finding finding : inspection.findings()) {
            if (finding.ok()) {
                checklist.ok(name(finding.subject()), finding.text());
            } else {
                checklist.failed(name(finding.subject()), finding.text(), finding.remedy());
            }
        }
    }

    /** Asks the CI server from the controller, as watches do. */
    private Optional<CompletableFuture<String>> ci() {
        return Optional.ofNullable(definition.getCi()).map(ci -> {
            try {
                return ci.resolve(context).open(Http.onController()).look();
            } catch (DeployFirstException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    private void report(CompletableFuture<String> ci) throws InterruptedException {
        try {
            checklist.ok(Messages.ConnectionTest_ci(), ci.get(CI_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeployFirstException problem) {
                checklist.failed(Messages.ConnectionTest_ci(), problem);
            } else {
                // The server's refusals say what to mend.
                checklist.failed(
                        Messages.ConnectionTest_ci(),
                        String.valueOf(e.getCause().getMessage()),
                        "");
            }
        } catch (TimeoutException e) {
            ci.cancel(true);
            checklist.failed(Messages.ConnectionTest_ci(), Messages.ConnectionTest_slow(CI_SECONDS), "");
        }
    }

    /** Looks credentials up, and returns whether they are there. */
    private boolean lookUp(String subject, Runnable credential) {
        try {
            credential.run();
            return true;
        } catch (DeployFirstException e) {
            checklist.failed(subject, e);
            return false;
        }
    }

    private static String name(Subject subject) {
        return switch (subject) {
            case GIT -> Messages.ConnectionTest_git();
            case DOCKER -> Messages.ConnectionTest_docker();
            case COMPOSE -> Messages.ConnectionTest_compose();
            case DIRECTORY -> Messages.ConnectionTest_directory();
            case COMPOSE_FILES -> Messages.ConnectionTest_composeFiles();
            case STATE -> Messages.ConnectionTest_state();
        };
    }
}
