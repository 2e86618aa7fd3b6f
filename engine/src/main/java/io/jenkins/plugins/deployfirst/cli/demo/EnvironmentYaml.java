package io.jenkins.plugins.deployfirst.cli.demo;

/** The demonstration's environment file: what a person would write by hand, with short times for a short story. */
final class EnvironmentYaml {
    static final String ENVIRONMENT = "preprod";

    private EnvironmentYaml() {}

    static String text(Places places, SshServer ssh, Containers containers, DemoCi ci) {
        return """
                # The environment of the demonstration. Every command works on it, such as: deploy-first status
                environments:
                  - name: %s
                    host:
                      ssh:
                        address: %s
                        identityFile: %s
                        knownHostsFile: %s
                    directory: %s
                    compose: { files: [%s], project: %s, action: restart }
                    health: { url: %s, contains: Welcome }
                    ci:
                      github: { repository: %s, apiUrl: %s }
                      initialDelay: 0s
                      interval: 250ms
                      timeout: 30s
                """.formatted(
                        ENVIRONMENT,
                        quoted(ssh.address()),
                        quoted(ssh.identity()),
                        quoted(ssh.knownHosts()),
                        quoted(places.checkout()),
                        Containers.COMPOSE_FILE,
                        containers.project(),
                        quoted(containers.site()),
                        DemoCi.REPOSITORY,
                        quoted(ci.apiUrl()));
    }

    private static String quoted(Object value) {
        return "'" + value.toString().replace("'", "''") + "'";
    }
}
