package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostStateTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);
    private static final String VALIDATED = "{\"event\":\"validated\",\"sha\":\"" + B + "\"}";
    private static final String FIRST = "{\"event\":\"deploy.started\",\"previousSha\":\"" + A + "\"}";

    @Test
    void aHostThatReportsNothingHasNothing() {
        HostState state = state(Map.of());

        assertThat(state.lastValidated()).isEmpty();
        assertThat(state.rollbackPoint()).isEmpty();
        assertThat(state.hasDamagedFile()).isFalse();
        assertThat(state.compose()).isEmpty();
        assertThat(state.containers()).isEmpty();
        assertThat(state.journal().interrupted()).isEmpty();
    }

    @Test
    void whatIsLiveIsToldByShaAuthorSubjectAndTime() {
        assertThat(state(Map.of("live", A + "\nAda\nSay it's \u001b[31mred\n2026-11-28T01:09:26+01:00"))
                        .live())
                .isEqualTo(new Release(
                        A, "Ada", "Say it's [31mred", "2026-11-28T01:09:26+01:00", "", ContainerImages.NONE));
        assertThat(state(Map.of("live", A)).live()).isEqualTo(new Release(A, "", ""));
    }

    /** The file's text, what it names, and which extracts of the journal are there; the last two are what is expected. */
    @ParameterizedTest
    @CsvSource({
        "a, a, none, a, false",
        "a, a, all, a, false",
        "'', '', all, b, false",
        "garbage, '', all, b, false",
        "garbage, '', first, none, false",
        "'', '', first, a, true",
        "'', '', none, none, false",
        "garbage, '', none, none, false"
    })
    void theRollbackPointIsTheFilesOrTheJournalsAndNeverGuessed(
            String text, String named, String journal, String expected, boolean provisional) {
        Map<String, String> values = new HashMap<>(Map.of("validatedText", text, "validated", named.repeat(40)));
        if (!journal.equals("none")) {
            values.put("journalFirst", FIRST);
        }
        if (journal.equals("all")) {
            values.put("journalValidated", VALIDATED);
        }

        Optional<HostState.RollbackPoint> point = state(values).rollbackPoint();

        assertThat(point.map(HostState.RollbackPoint::sha).orElse("none"))
                .isEqualTo(expected.length() == 1 ? expected.repeat(40) : expected);
        assertThat(point.filter(HostState.RollbackPoint::provisional).isPresent())
                .isEqualTo(provisional);
    }

    @Test
    void aFileThatNamesNoCommitOfThisHostIsDamaged() {
        HostState state = state(Map.of("validatedText", "abcd", "validated", "abcd"));

        assertThat(state.hasDamagedFile()).isTrue();
        assertThat(state.lastValidated()).isEmpty();
    }

    @Test
    void anEnvironmentsContainersAreThoseOfItsProjectAmongSeveral() {
        HostState state = state(Map.of(
                "containers",
                "1|web|shop|/srv/app\n2|worker|shop|/elsewhere\n3|web|other|/srv/app\n4|web||\nnonsense\n"));

        assertThat(state.containersOf(HostProblemTest.ENVIRONMENT))
                .extracting(Container::id)
                .containsExactly("1", "2");
    }

    @Test
    void withoutAProjectsNameTheyAreThoseOfItsDirectoryBySymbolicLinkToo() {
        EnvironmentBuilder builder = new EnvironmentBuilder(HostProblemTest.ENVIRONMENT);
        builder.compose = new ComposeSettings(List.of(), Optional.empty(), ComposeSettings.Action.RESTART);
        HostState state = state(Map.of(
                "directory",
                "/data/app",
                "containers",
                "1|web|app|/srv/app\n2|web|app|/data/app\n3|web|app|/srv/app2\n4|web|app|"));

        assertThat(state.containersOf(builder.build()))
                .extracting(Container::id)
                .containsExactly("1", "2");
    }

    private static HostState state(Map<String, String> values) {
        return HostState.of(new ScriptResult(0, values, ""), Carrier.of(HostProblemTest.ENVIRONMENT));
    }
}
