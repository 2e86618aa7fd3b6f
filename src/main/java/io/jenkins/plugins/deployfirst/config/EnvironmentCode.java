package io.jenkins.plugins.deployfirst.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** An environment as YAML to copy; it holds the ids of credentials, and no secret. */
public final class EnvironmentCode implements HttpResponse {
    // Texts are quoted: without quotes, 16:00 is a number to readers of YAML 1.1.
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .build();

    private final String yaml;
    private final boolean global;

    /**
     * Writes it.
     *
     * @param global whether it belongs to Jenkins' own configuration, which can be configured as code as a whole
     */
    EnvironmentCode(Map<String, Object> environment, boolean global) {
        Map<String, Object> environments = Map.of("environments", List.of(environment));
        try {
            this.yaml = YAML.writeValueAsString(
                    global ? Map.of("unclassified", Map.of("deployFirst", environments)) : environments);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        this.global = global;
    }

    public String getYaml() {
        return yaml;
    }

    public boolean isGlobal() {
        return global;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        HttpResponses.forwardToView(this, "index").generateResponse(request, response, node);
    }
}
