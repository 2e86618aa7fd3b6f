package io.jenkins.plugins.deployfirst.steps;

import hudson.model.Run;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;

/** Has Jenkins remember which build has made which image, so that it can be found by the image's id and by its digest. */
final class ImageFingerprints {
    private ImageFingerprints() {}

    /**
     * Keeps them.
     *
     * @param result as {@code buildImages} returns it
     */
    static void keep(Run<?, ?> run, Map<String, Object> result) throws IOException {
        Map<?, ?> digests = (Map<?, ?>) result.get("digests");
        for (Object each : (List<?>) result.get("images")) {
            Map<?, ?> image = (Map<?, ?>) each;
            String name = (String) image.get("name");
            String id = (String) image.get("id");
            DockerFingerprints.addFromFacet(null, id, run);
            DockerFingerprints.forImage(run, id, name).addFor(run);
            if (digests.containsKey(name)) {
                String digest = (String) image.get("digest");
                DockerFingerprints.forImage(run, digest, (String) digests.get(name))
                        .addFor(run);
            }
        }
    }
}
