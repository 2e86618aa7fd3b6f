package io.jenkins.plugins.deployfirst.agent;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.host.SshLogin;

/**
 * The engine's records as text: how an environment travels to an agent, and how a watch remembers its verdict across
 * restarts. The text holds secrets where the records do.
 */
public final class EngineJson {
    // Accessors such as isFull() are no part of a record; its fields are.
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .addMixIn(Job.class, JobKind.class)
            .addMixIn(FlowRequest.class, RequestKind.class)
            .addMixIn(HostSettings.class, HostKind.class)
            .addMixIn(SshLogin.class, LoginKind.class)
            .build();

    private EngineJson() {}

    /** Writes a record; the type is what it will be read as. */
    public static <T> String write(T value, Class<T> type) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            // The cause's message may quote a value, and that may be a secret.
            throw new IllegalStateException(type.getSimpleName() + " cannot be written as JSON.");
        }
    }

    /** Reads what {@link #write} wrote. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(type.getSimpleName() + " cannot be read from JSON.");
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @Type(name = "buildImages", value = BuildImagesJob.class),
        @Type(name = "migrationCheck", value = MigrationCheckJob.class),
        @Type(name = "flow", value = FlowJob.class),
        @Type(name = "gate", value = GateJob.class),
        @Type(name = "hook", value = HookJob.class),
        @Type(name = "inspect", value = InspectJob.class),
        @Type(name = "notify", value = NotifyJob.class)
    })
    private interface JobKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @Type(name = "deploy", value = FlowRequest.Deploy.class),
        @Type(name = "promote", value = FlowRequest.Promote.class),
        @Type(name = "validated", value = FlowRequest.Validated.class),
        @Type(name = "rollback", value = FlowRequest.Rollback.class),
        @Type(name = "settle", value = FlowRequest.Settle.class),
        @Type(name = "resolve", value = FlowRequest.Resolve.class),
        @Type(name = "health", value = FlowRequest.Health.class),
        @Type(name = "status", value = FlowRequest.Status.class)
    })
    private interface RequestKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @Type(name = "ssh", value = HostSettings.Ssh.class),
        @Type(name = "local", value = HostSettings.Local.class)
    })
    private interface HostKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @Type(name = "privateKey", value = SshLogin.PrivateKey.class),
        @Type(name = "password", value = SshLogin.Password.class)
    })
    private interface LoginKind {}
}
