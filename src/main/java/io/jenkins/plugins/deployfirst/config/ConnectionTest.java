package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.agent.KnownHostsFile;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.deploy.Environment;
import io.jenkins.plugins.deployfirst.engine.deploy.HostInspection;
import io.jenkins.plugins.deployfirst.engine.deploy.HostInspection.Finding;
import io.jenkins.plugins.deployfirst.engine.host.UnknownHostKeyException;
import java.util.List;
import java.util.stream.Collectors;

/** Tries an environment's host from the controller, and says as a list in HTML what it found. */
final class ConnectionTest {
    private ConnectionTest() {}

    /**
     * Puts together what is tested.
     *
     * @param files compose files, one a line
     */
    static EnvironmentDefinition environment(
            String name, HostDefinition host, String directory, String stateFile, String files, String project) {
        ComposeDefinition compose = new ComposeDefinition();
        compose.setFiles(Lines.split(files));
        compose.setProject(project);
        EnvironmentDefinition environment = new EnvironmentDefinition(name, host, directory);
        environment.setStateFile(stateFile);
        environment.setCompose(compose);
        return environment;
    }

    /** Blocks until done, a few seconds as a rule. */
    static FormValidation run(EnvironmentDefinition definition, CredentialSource credentials) {
        try {
            Environment environment = KnownHostsFile.onThisMachine(EnvironmentReader.resolve(definition, credentials));
            return report(environment.host().describe(), HostInspection.of(environment));
        } catch (UnknownHostKeyException e) {
            return FormValidation.errorWithMarkup(Util.escape(e.getMessage()) + "<br/>"
                    + Util.escape(Messages.ConnectionTest_knownHostsLine()) + "<pre>"
                    + Util.escape(e.knownHostsLine()) + "</pre>");
        } catch (DeployFirstException e) {
            return FormValidation.error(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.error(Messages.ConnectionTest_interrupted());
        }
    }

    private static FormValidation report(String host, List<Finding> findings) {
        boolean ok = findings.stream().allMatch(Finding::ok);
        String list = findings.stream().map(ConnectionTest::item).collect(Collectors.joining());
        String markup = Util.escape(Messages.ConnectionTest_connected(host)) + "<ul>" + list + "</ul>";
        return ok ? FormValidation.okWithMarkup(markup) : FormValidation.errorWithMarkup(markup);
    }

    /** What a host reports is foreign text. */
    @NonNull
    private static String item(Finding finding) {
        String sign = finding.ok() ? "✓" : "✗";
        return "<li>" + sign + " " + Util.escape(subject(finding) + ": " + finding.text()) + "</li>";
    }

    private static String subject(Finding finding) {
        return switch (finding.subject()) {
            case GIT -> Messages.ConnectionTest_git();
            case DOCKER -> Messages.ConnectionTest_docker();
            case COMPOSE -> Messages.ConnectionTest_compose();
            case DIRECTORY -> Messages.ConnectionTest_directory();
            case COMPOSE_FILES -> Messages.ConnectionTest_composeFiles();
            case STATE -> Messages.ConnectionTest_state();
        };
    }
}
