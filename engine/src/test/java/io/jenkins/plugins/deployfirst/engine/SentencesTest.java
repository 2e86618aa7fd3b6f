package io.jenkins.plugins.deployfirst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {
    @ParameterizedTest
    @CsvSource({
        "CI failed, Deploy again., CI failed. Deploy again.",
        "CI failed., Deploy again, CI failed. Deploy again.",
        "'CI failed: no answer (exit 7)', Look., CI failed: no answer (exit 7). Look.",
        "Really?, Yes!, Really? Yes!",
        "It said: no such…, Look., It said: no such… Look.",
        "' CI failed \n', '  Look. ', CI failed. Look.",
        "CI failed, '', CI failed.",
        "'', Look., Look.",
        "'', ' ', ''",
        ", Look., Look."
    })
    void eachEndsBeforeTheNextBegins(String one, String other, String joined) {
        assertThat(Sentences.join(one, other)).isEqualTo(joined);
    }

    @Test
    void aProblemEndsBeforeItsRemedy() {
        assertThat(DeployFirstException.unchanged("not healthy: HTTP 503", "See the log."))
                .hasMessage("not healthy: HTTP 503. See the log.");
    }

    @Test
    void aProblemWithoutRemedyStaysAsItIs() {
        assertThat(DeployFirstException.unchanged("not healthy: HTTP 503", "")).hasMessage("not healthy: HTTP 503");
    }
}
