package io.jenkins.plugins.deployfirst.overview;

import hudson.Util;
import io.jenkins.plugins.deployfirst.engine.PlainJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * What those who post are answered: JSON for a script, and for a browser's form the way on to the result.
 *
 * @param status of the answer in JSON
 * @param path where the result is to be seen, below Jenkins' own address; empty when there is none
 * @param fields what the JSON says
 */
record Answer(int status, String path, Map<String, Object> fields) implements HttpResponse {
    /** Says that an operation was begun: 201 with its address. */
    static Answer begun(Operation operation) {
        return of(HttpServletResponse.SC_CREATED, operation);
    }

    /** Says how an operation stands. */
    static Answer about(Operation operation) {
        return of(HttpServletResponse.SC_ACCEPTED, operation);
    }

    private static Answer of(int status, Operation operation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", operation.getNumber());
        fields.put("kind", operation.getKind());
        fields.put("environment", operation.getEnvironment());
        return new Answer(status, operation.getPath(), fields);
    }

    /** Says that something will be done soon, and where that will be seen. */
    static Answer accepted(String path) {
        return new Answer(HttpServletResponse.SC_ACCEPTED, path, Map.of());
    }

    /** Says that a request is wrong, or cannot be done, and that nothing was done. */
    static Answer refused(String reason) {
        return new Answer(HttpServletResponse.SC_BAD_REQUEST, "", Map.of("error", reason));
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        String below = request.getContextPath() + "/" + path;
        if (!path.isEmpty() && wantsPage(request)) {
            response.sendRedirect(HttpServletResponse.SC_SEE_OTHER, below);
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>(fields);
        if (!path.isEmpty()) {
            String root = Jenkins.get().getRootUrl();
            String url = root == null ? below : root + path;
            body.put("url", url);
            response.setHeader("Location", url);
        }
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write((PlainJson.write(body) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean wantsPage(StaplerRequest2 request) {
        return Util.fixNull(request.getHeader("Accept")).contains("text/html");
    }
}
