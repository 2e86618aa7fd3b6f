package io.jenkins.plugins.deployfirst.cli.demo;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;

/** Everything that the story happens on: SSH server, containers, git repositories and CI server, until it is closed. */
final class ThrowAwayHost implements AutoCloseable {
    private final Programs programs;
    private final Parts parts;
    private final Cleanup cleanup;
    private Places places;
    private Containers containers;
    private SshServer ssh;
    private Shop shop;
    private DemoCi ci;

    private ThrowAwayHost(Programs programs, Parts parts, Consumer<String> warnings) {
        this.programs = programs;
        this.parts = parts;
        this.cleanup = new Cleanup(warnings);
    }

    /**
     * Sets it up, with a first release running.
     *
     * @param warnings is told what could not be cleared away
     * @throws DeployFirstException (FAILED_UNCHANGED) when it cannot be; nothing is left behind then
     */
    static ThrowAwayHost start(Programs programs, Parts parts, String firstPage, Consumer<String> warnings)
            throws InterruptedException {
        ThrowAwayHost host = new ThrowAwayHost(programs, parts, warnings);
        try {
            host.setUp(firstPage);
            return host;
        } catch (InterruptedException | RuntimeException e) {
            try (host) {
                throw e;
            }
        }
    }

    private void setUp(String firstPage) throws InterruptedException {
        places = cleanup.add("the temporary folder", Places.create());
        containers = cleanup.add("the containers", startContainers());
        ssh = cleanup.add("the SSH server", startSshServer());
        ci = cleanup.add("the CI server", DemoCi.start());
        shop = Shop.open(programs, places, containers.composeFile(), firstPage);
        containers.up(places.checkout());
        Places.write(places.environmentFile(), EnvironmentYaml.text(places, ssh, containers, ci));
    }

    private Containers startContainers() throws InterruptedException {
        String project = "shop-" + UUID.randomUUID().toString().substring(0, 8);
        if (parts == Parts.STAND_IN) {
            return StandInContainers.start(programs, places, project, "--stand-in asks for it");
        }
        try {
            return RealContainers.start(programs, places, project);
        } catch (NotHereException missing) {
            return StandInContainers.start(programs, places, project, mayStandIn("Docker", missing));
        }
    }

    private SshServer startSshServer() throws InterruptedException {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("HOME", places.home().toString());
        variables.put("PATH", programs.path());
        variables.putAll(containers.hostVariables());
        if (parts == Parts.STAND_IN) {
            return EmbeddedSshServer.start(places, variables, "--stand-in asks for it");
        }
        try {
            return RealSshServer.start(programs, places, variables);
        } catch (NotHereException missing) {
            return EmbeddedSshServer.start(places, variables, mayStandIn("sshd", missing));
        }
    }

    private String mayStandIn(String part, NotHereException missing) {
        if (parts == Parts.REAL) {
            throw DeployFirstException.unchanged(
                    "demo: --real asks for a real " + part + ", but " + missing.getMessage() + ".",
                    "Mend that, or leave --real out.");
        }
        return missing.getMessage();
    }

    /** Says in plain words what is real and what is not. */
    List<String> description() {
        return List.of(
                "SSH server  " + ssh.description(),
                "Containers  " + containers.description(),
                "git         real: origin and checkout below " + places.root(),
                "CI server   stand-in: GitHub's API in this process, " + ci.apiUrl());
    }

    /** Tells a person how to look around. */
    List<String> waysIn() {
        int colon = ssh.address().lastIndexOf(':');
        String login = ssh.address().substring(0, colon);
        String port = ssh.address().substring(colon + 1);
        return List.of(
                "The site     " + containers.site(),
                "Log in       ssh -p " + port + " -i " + ssh.identity() + " -o UserKnownHostsFile=" + ssh.knownHosts()
                        + " " + login,
                "Commands     java -jar engine/target/deploy-first.jar --config " + places.environmentFile()
                        + " status");
    }

    /** Tells a program where everything is. */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("address", ssh.address());
        properties.setProperty("identity", ssh.identity().toString());
        properties.setProperty("knownHosts", ssh.knownHosts().toString());
        properties.setProperty("directory", places.checkout().toString());
        properties.setProperty("composeFile", Containers.COMPOSE_FILE);
        properties.setProperty("project", containers.project());
        properties.setProperty("site", containers.site().toString());
        properties.setProperty("apiUrl", ci.apiUrl());
        properties.setProperty("repository", DemoCi.REPOSITORY);
        return properties;
    }

    Places places() {
        return places;
    }

    Shop shop() {
        return shop;
    }

    DemoCi ci() {
        return ci;
    }

    Site site() {
        return new Site(containers.site());
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
