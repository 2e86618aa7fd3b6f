package io.jenkins.plugins.deployfirst.agent;

import io.jenkins.plugins.deployfirst.engine.ci.Check;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.ci.FailureDetail;
import java.util.List;

/** What a flow on an agent may ask the controller about the CI of its environment. Every call blocks until it is answered. */
public interface AskedCi {
    /**
     * Reads a commit's checks.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.ci.CiReadException when there is no answer
     */
    CiSnapshot read(String sha);

    /** Looks why checks failed; tells nothing where that is not known. */
    List<FailureDetail> explain(List<Check> failures);

    String describe();

    String pageOf(String sha);
}
