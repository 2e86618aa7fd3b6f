package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.health.GateResult;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What looking at an environment tells, and that looking changes nothing. */
class StatusTest extends OnPreprod {
    private static final String AUTHOR = "Ada Lovelace";

    @Test
    void lookingAtAHostThatWasNeverDeployedToLeavesNothingThere() throws Exception {
        Tool.run(preprod.stack.home(), "rm", "-rf", ".deploy-first");
        String before = everyFile();

        StatusResult status = preprod.flows().status();
        List<JournalEntry> history = preprod.flows().history(10);
        GateResult health = preprod.flows().health();

        assertThat(everyFile()).isEqualTo(before);
        assertThat(preprod.stack.home().resolve(".deploy-first")).doesNotExist();
        assertThat(status.toMap())
                .containsEntry("environment", preprod.stack.name())
                .containsEntry("live", preprod.first())
                .containsEntry("liveSubject", "First release")
                .containsEntry("liveAuthor", AUTHOR)
                .containsEntry("deployedAt", "")
                .containsEntry("lastValidated", "")
                .containsEntry("validatedSubject", "")
                .containsEntry("ahead", -1)
                .containsEntry("behind", -1)
                .containsEntry("interrupted", false)
                .containsEntry("lockHolder", "")
                .containsEntry("health", "healthy")
                .containsEntry("journal", List.of())
                .extractingByKey("commits")
                .asString()
                .contains(preprod.first());
        assertThat(history).isEmpty();
        assertThat(health.healthy()).isTrue();
    }

    @Test
    void liveAndValidatedAreToldApart() throws Exception {
        Tool.write(preprod.stack.stateFile(), preprod.first() + "\r\n");
        String sha = preprod.stack.release("live");
        preprod.deploy(sha);
        String before = everyFile();

        StatusResult status = preprod.flows().status();

        assertThat(everyFile()).isEqualTo(before);
        assertThat(status.live().sha()).isEqualTo(sha);
        assertThat(status.live().subject()).isEqualTo("Say live");
        assertThat(status.validated().sha()).isEqualTo(preprod.first());
        assertThat(status.interrupted()).isFalse();
        assertThat(status.journal())
                .extracting(entry -> entry.get("event"))
                .containsExactly("deploy.started", "deploy.succeeded");
    }

    @Test
    void whoWroteWhatAndWhenIsToldOfBothReleasesAndHowFarTheyAreApart() throws Exception {
        Tool.write(preprod.stack.stateFile(), preprod.first() + "\n");
        preprod.stack.release("in between");
        String sha = preprod.stack.commit("<b>Bold</b> & \"quoted\"\tsubject\n\nbody", Map.of("note", "x"));
        preprod.deploy(sha);

        StatusResult status = preprod.flows().status();

        assertThat(status.live().subject()).isEqualTo("<b>Bold</b> & \"quoted\" subject");
        assertThat(status.live().author())
                .isEqualTo(status.validated().author())
                .isEqualTo(AUTHOR);
        assertThat(status.live().time()).isEqualTo(committed(sha));
        assertThat(status.validated().subject()).isEqualTo("First release");
        assertThat(status.validated().time()).isEqualTo(committed(preprod.first()));
        assertThat(status.ahead()).isEqualTo(2);
        assertThat(status.behind()).isZero();
        assertThat(status.commits())
                .extracting(Commit::subject)
                .containsExactlyInAnyOrder("First release", status.live().subject());
        assertThat(status.deployedAt())
                .isEqualTo(status.journal().get(status.journal().size() - 1).get("time"));
    }

    @Test
    void aReleaseThatWasTakenBackBeforeTheValidatedOneIsBehindIt() throws Exception {
        String sha = preprod.stack.release("newer");
        preprod.deploy(sha);
        Tool.write(preprod.stack.stateFile(), sha + "\n");
        preprod.host("git reset --hard " + preprod.first());

        StatusResult status = preprod.flows().status();

        assertThat(status.ahead()).isZero();
        assertThat(status.behind()).isEqualTo(1);
        assertThat(status.deployedAt()).as("a person put it there").isEmpty();
    }

    @Test
    void aValidatedCommitThatIsGoneAndAShallowCloneLeaveTheDistanceUnknown() throws Exception {
        Tool.write(preprod.stack.stateFile(), "0123456789012345678901234567890123456789\n");
        assertThat(preprod.flows().status().ahead()).isEqualTo(-1);
        assertThat(preprod.flows().status().validated().subject()).isEmpty();

        String sha = preprod.stack.release("newer");
        preprod.deploy(sha);
        Tool.write(preprod.stack.stateFile(), sha + "\n");
        preprod.host("git rev-parse HEAD > .git/shallow");
        try {
            StatusResult status = preprod.flows().status();

            assertThat(status.ahead()).isEqualTo(-1);
            assertThat(status.validated().subject()).isEqualTo("Say newer");
        } finally {
            preprod.host("rm .git/shallow");
        }
    }

    @Test
    void historyTellsTheLastEntriesOldestFirst() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 100; i++) {
            lines.append("{\"time\":\"2026-01-01T00:00:00Z\",\"event\":\"something-new\",\"number\":\"" + i + "\"}\n");
        }
        Tool.write(preprod.stack.journal(), lines.toString());

        assertThat(numbers(preprod.flows().history(3))).containsExactly("98", "99", "100");
        assertThat(numbers(preprod.flows().history(1000)))
                .hasSize(100)
                .startsWith("1", "2")
                .endsWith("100");
        assertThat(preprod.flows().status().journal()).hasSize(10);
        assertThat(preprod.flows().status(50).journal()).hasSize(50);
    }

    @Test
    void aDeploymentThatDiedIsTold() throws Exception {
        Tool.write(preprod.stack.journal(), "{\"event\":\"deploy.started\",\"sha\":\"" + preprod.first() + "\"}\n");

        assertThat(preprod.flows().status().interrupted()).isTrue();
        assertThat(preprod.flows().history(1)).hasSize(1);
    }

    @Test
    void healthIsAskedOnceAndToldInWords() throws Exception {
        preprod.host("docker stop -t 1 " + preprod.stack.container("web"));
        try {
            assertThat(preprod.flows().status().health())
                    .startsWith("unhealthy: ")
                    .doesNotContain("\n");
            Environment unchecked = preprod.with(it -> it.health =
                    new HealthSettings(Optional.empty(), false, List.of(), Optional.empty(), it.health.timing()));
            assertThat(preprod.flows(unchecked).status().health()).isEqualTo("not configured");
        } finally {
            preprod.host("docker start " + preprod.stack.container("web"));
        }
    }

    private static String committed(String sha) throws Exception {
        return Tool.run(preprod.stack.checkout(), "git", "log", "-1", "--format=%cI", sha)
                .strip();
    }

    private static List<String> numbers(List<JournalEntry> entries) {
        return entries.stream().map(entry -> entry.get("number")).toList();
    }

    /** Names each file on the host with its size, its mode and the time of its last change. */
    private static String everyFile() {
        return Tool.run(
                root, "sh", "-c", "find home srv var -printf '%p %s %m %T@\\n' | sort; git -C srv/app for-each-ref");
    }
}
