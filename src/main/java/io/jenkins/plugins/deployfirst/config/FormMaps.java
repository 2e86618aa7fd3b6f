package io.jenkins.plugins.deployfirst.config;

import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;

/** Takes out of a submitted form the text boxes whose lines are the entries of a map, which cannot be bound to one. */
public final class FormMaps {
    private FormMaps() {}

    /** Takes a map of texts. */
    public static Map<String, String> take(JSONObject form, String field) throws FormException {
        try {
            return KeyValues.parse(field, text(form, field));
        } catch (DeployFirstException e) {
            throw new FormException(e, field);
        }
    }

    /** Takes a map of lists. */
    public static Map<String, List<String>> takeLists(JSONObject form, String field) throws FormException {
        try {
            return KeyValues.parseLists(field, text(form, field));
        } catch (DeployFirstException e) {
            throw new FormException(e, field);
        }
    }

    private static String text(JSONObject form, String field) {
        String text = form.optString(field);
        form.remove(field);
        return text;
    }
}
