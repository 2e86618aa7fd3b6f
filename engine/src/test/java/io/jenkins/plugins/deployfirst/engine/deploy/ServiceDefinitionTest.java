package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceDefinitionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ports: [127.0.0.1:8080:80/tcp]                                | it publishes the fixed host port 127.0.0.1:8080 (ports)",
                "ports: ['[::1]:8080:80']                                      | it publishes the fixed host port [::1]:8080 (ports)",
                "ports: [{ target: 80, published: 8080, host_ip: 127.0.0.1 }]  | it publishes the fixed host port 127.0.0.1:8080 (ports)",
                "ports: [{ target: 80, published: '8080', protocol: udp }]     | it publishes the fixed host port 8080 (ports)",
                "container_name: shop                                          | it has the fixed name shop (container_name)",
                "network_mode: host                                            | it lives in the network of another (network_mode: host)",
                "network_mode: service:other                                   | it lives in the network of another (network_mode: service:other)",
                "networks: { default: { ipv4_address: 10.0.0.5 } }             | it has the fixed address 10.0.0.5 (ipv4_address)",
            })
    void whatThereCanBeOnlyOnceIsNamed(String setting, String reason) {
        assertThat(web(setting).onlyOnce()).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ports: ['80', 8080-8090:80/tcp, '127.0.0.1::81', { target: 80 }, { target: 80, published: '8080-8090' }]",
                "network_mode: bridge",
                "networks: { default: null, other: { aliases: [shop] } }",
                "image: shop",
            })
    void whatSeveralContainersCanHaveIsFine(String setting) {
        assertThat(web(setting).onlyOnce()).isEmpty();
        assertThat(web(setting).written()).isEmpty();
        assertThat(web(setting).isNamed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "volumes: [data:/var/lib/data:rw]                                    | data",
                "volumes: [/srv/data:/data]                                          | /srv/data",
                "volumes: [data:/data:ro]                                            | ``",
                "volumes: ['/srv/data:/data:z,ro']                                   | ``",
                "volumes: [/var/lib/data]                                            | ``",
                "volumes: [{ type: volume, source: data, target: /data }]            | data",
                "volumes: [{ type: bind, source: /srv, target: /d }]                 | /srv",
                "volumes: [{ type: bind, source: /srv, target: /d, read_only: true }]| ``",
                "volumes: [{ type: volume, target: /data }]                          | ``",
                "volumes: [{ type: tmpfs, target: /tmp }]                            | ``",
            })
    void whatAllContainersWriteToIsNamed(String setting, String volume) {
        assertThat(String.join(",", web(setting).written())).isEqualTo(volume);
    }

    @Test
    void aServiceWhoseNetworkAnotherOneUsesCannotGo() {
        assertThat(ServiceDefinition.parse("""
                        services:
                          side:
                            network_mode: service:web
                          web: {}
                        """).get("web").onlyOnce())
                .containsExactly("side lives in its network (network_mode)");
    }

    @Test
    void theNumberOfContainersIsToldInTwoWays() {
        assertThat(web("scale: 3").scale()).isEqualTo(3);
        assertThat(web("deploy: { replicas: 2 }").scale()).isEqualTo(2);
        assertThat(web("image: shop").scale()).isEqualTo(1);
        assertThat(web("container_name: shop").isNamed()).isTrue();
    }

    private static ServiceDefinition web(String setting) {
        return ServiceDefinition.parse("services:\n  web:\n    " + setting + "\n")
                .get("web");
    }
}
