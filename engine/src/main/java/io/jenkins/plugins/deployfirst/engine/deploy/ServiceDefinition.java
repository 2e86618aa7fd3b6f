package io.jenkins.plugins.deployfirst.engine.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * How often a service of the compose files runs, and what of it there can be only once.
 *
 * @param scale how many containers it has
 * @param isNamed whether compose could not even make a second container
 * @param onlyOnce why two of its containers cannot run at once, a phrase each; empty when nothing speaks against it
 * @param written the volumes and directories that all its containers write to
 */
record ServiceDefinition(int scale, boolean isNamed, List<String> onlyOnce, List<String> written) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Reads what compose prints of its configuration, version 1 and 2. */
    static Map<String, ServiceDefinition> parse(String config) {
        JsonNode services;
        try {
            services = YAML.readTree(config).path("services");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("compose printed a configuration that is not YAML", e);
        }
        Map<String, ServiceDefinition> definitions = new LinkedHashMap<>();
        services.properties()
                .forEach(service ->
                        definitions.put(service.getKey(), of(service.getKey(), service.getValue(), services)));
        return definitions;
    }

    private static ServiceDefinition of(String name, JsonNode service, JsonNode services) {
        List<String> onlyOnce = new ArrayList<>();
        Optional.of(service.path("container_name").asText())
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> onlyOnce.add("it has the fixed name " + text + " (container_name)"));
        Optional.of(service.path("network_mode").asText())
                .filter(mode -> mode.matches("host|(service|container):.*"))
                .ifPresent(mode -> onlyOnce.add("it lives in the network of another (network_mode: " + mode + ")"));
        services.properties().stream()
                .filter(other -> other.getValue().path("network_mode").asText().equals("service:" + name))
                .forEach(other -> onlyOnce.add(other.getKey() + " lives in its network (network_mode)"));
        service.path("networks").properties().forEach(network -> {
            for (String key : List.of("ipv4_address", "ipv6_address", "mac_address")) {
                Optional.of(network.getValue().path(key).asText())
                        .filter(text -> !text.isEmpty())
                        .ifPresent(text -> onlyOnce.add("it has the fixed address " + text + " (" + key + ")"));
            }
        });
        elements(service.path("ports")).stream()
                .map(ServiceDefinition::fixedPort)
                .flatMap(Optional::stream)
                .forEach(port -> onlyOnce.add("it publishes the fixed host port " + port + " (ports)"));
        List<String> written = elements(service.path("volumes")).stream()
                .map(ServiceDefinition::written)
                .flatMap(Optional::stream)
                .toList();
        return new ServiceDefinition(scale(service), service.has("container_name"), List.copyOf(onlyOnce), written);
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).collect(Collectors.toList());
    }

    private static int scale(JsonNode service) {
        return service.path("scale")
                .asInt(service.path("deploy").path("replicas").asInt(1));
    }

    /** A range leaves the choice to Docker, and so does no port at all. */
    private static Optional<String> fixedPort(JsonNode port) {
        String address = port.path("host_ip").asText();
        String published = (address.isEmpty() ? "" : address + ":")
                + port.path("published").asText();
        if (port.isValueNode()) {
            String text = port.asText().replaceFirst("/[a-z]+$", "");
            published = text.contains(":") ? text.substring(0, text.lastIndexOf(':')) : "";
        }
        String number = published.substring(published.lastIndexOf(':') + 1);
        return number.isEmpty() || number.equals("0") || number.contains("-")
                ? Optional.empty()
                : Optional.of(published);
    }

    /** Every container has anonymous volumes of its own. */
    private static Optional<String> written(JsonNode volume) {
        if (volume.isValueNode()) {
            String[] parts = volume.asText().split(":");
            boolean readOnly = parts.length > 2 && List.of(parts[2].split(",")).contains("ro");
            return parts.length < 2 || readOnly ? Optional.empty() : Optional.of(parts[0]);
        }
        boolean shared = List.of("volume", "bind").contains(volume.path("type").asText());
        return !shared || volume.path("read_only").asBoolean()
                ? Optional.empty()
                : Optional.of(volume.path("source").asText()).filter(source -> !source.isEmpty());
    }
}
