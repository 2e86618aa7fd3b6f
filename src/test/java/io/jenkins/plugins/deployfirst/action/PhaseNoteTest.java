package io.jenkins.plugins.deployfirst.action;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.console.AnnotatedLargeText;
import hudson.model.FreeStyleProject;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.deployfirst.agent.FlowLog;
import io.jenkins.plugins.deployfirst.agent.LogProgress;
import java.io.File;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The lines of a log that pages link to. */
@WithJenkins
class PhaseNoteTest {
    private static final String ID = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";

    private static JenkinsRule jenkins;

    @TempDir
    private Path directory;

    @BeforeAll
    static void aJenkins(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void theLineOfAPhaseHasTheAnchorThatItsTimelineLinksTo() throws Exception {
        String html = html(progress -> {
            progress.phaseStarted("compose config");
            progress.phaseEnded("compose config", Duration.ofMillis(700), "");
        });

        assertThat(html)
                .contains("<span class='deploy-first-phase' id='deploy-first-" + ID + "-0-0-compose-config'>"
                        + "[   0.0 s]  compose config</span> …")
                .containsOnlyOnce("<span");
        assertThat(PhaseNote.anchor(ID, 49, "compose config")).isEqualTo("deploy-first-" + ID + "-0-0-compose-config");
        assertThat(PhaseNote.anchor(ID, 94_050, "gate")).isEqualTo("deploy-first-" + ID + "-94-1-gate");
    }

    @Test
    void aPhaseWithAnEvilNameIsShownAsText() throws Exception {
        String html = html(progress -> progress.phaseStarted("'><script>evil()</script>"));

        assertThat(html)
                .doesNotContain("<script")
                .contains("-0-0--script-evil-script-'>")
                .contains("&lt;script&gt;");
    }

    @Test
    void theLogAsTextIsWhatItWas() throws Exception {
        assertThat(text(log(progress -> progress.phaseStarted("fetch")))).isEqualTo("[   0.0 s]  fetch …\n");
    }

    @Test
    void aNoteOnAnotherLineDoesNothing() throws Exception {
        Path log = directory.resolve("log");
        Files.writeString(log, PhaseNote.mark(ID) + "Finished: SUCCESS\n" + PhaseNote.mark(ID) + "\n");

        assertThat(html(log)).isEqualTo("Finished: SUCCESS\n\n");
    }

    private String html(Consumer<LogProgress> flow) throws Exception {
        return html(log(flow));
    }

    private Path log(Consumer<LogProgress> flow) throws Exception {
        Path log = directory.resolve("log");
        try (StreamTaskListener listener = new StreamTaskListener(log.toFile(), StandardCharsets.UTF_8)) {
            flow.accept(new LogProgress(new FlowLog(listener, null, PhaseNote.mark(ID)), Duration.ZERO));
        }
        return log;
    }

    private static String html(Path log) throws Exception {
        FreeStyleProject context = jenkins.jenkins.createProject(FreeStyleProject.class, "job-" + System.nanoTime());
        StringWriter html = new StringWriter();
        new AnnotatedLargeText<>(log.toFile(), StandardCharsets.UTF_8, true, context).writeHtmlTo(0, html);
        return html.toString();
    }

    private static String text(Path log) throws Exception {
        File file = log.toFile();
        StringWriter text = new StringWriter();
        new AnnotatedLargeText<>(file, StandardCharsets.UTF_8, true, jenkins.jenkins).writeLogTo(0, text);
        return text.toString();
    }
}
