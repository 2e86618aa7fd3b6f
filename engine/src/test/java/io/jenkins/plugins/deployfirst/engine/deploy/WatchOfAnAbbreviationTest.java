package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.ci.CiReadException;
import io.jenkins.plugins.deployfirst.engine.ci.CiRules;
import io.jenkins.plugins.deployfirst.engine.ci.CiServer;
import io.jenkins.plugins.deployfirst.engine.ci.CiSnapshot;
import io.jenkins.plugins.deployfirst.engine.host.HostSettings;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch of an abbreviated SHA: the host tells which commit is meant before CI is read. */
class WatchOfAnAbbreviationTest implements CiServer {
    /** CI is read at once, so that what it is asked for shows. */
    private static final CiRules AT_ONCE = new CiRules(
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            List.of(),
            List.of(),
            CiRules.OnNoVerdict.KEEP,
            CiRules.OnNoVerdict.KEEP);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private String commit;

    @TempDir
    Path checkout;

    @BeforeEach
    void makeACheckout() {
        git("init", "-q");
        commit = commit("First release");
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void ciIsAskedForTheCommitThatTheHostKnowsByThatName() throws Exception {
        WatchResult result =
                flows(checkout).watch(new CommitSha(commit.substring(0, 7))).get(1, TimeUnit.MINUTES);

        assertThat(asked).containsOnly(commit);
        assertThat(result.sha()).isEqualTo(commit);
        assertThat(result.error()).contains("No such repository.");
    }

    @Test
    void aFullShaIsWatchedWithoutAskingTheHost() throws Exception {
        WatchResult result = flows(checkout.resolve("nothing-here"))
                .watch(new CommitSha(commit))
                .get(1, TimeUnit.MINUTES);

        assertThat(asked).containsOnly(commit);
        assertThat(result.sha()).isEqualTo(commit);
    }

    @Test
    void anAbbreviationThatNoCommitHasIsRefusedBeforeCiIsAsked() {
        String other = commit.startsWith("dead") ? "beef" : "dead";

        assertRefused(checkout, other)
                .hasMessage("sha: no commit in " + checkout + " on local begins with " + other
                        + ". Deploy it first, or correct the SHA.");
        assertThat(asked).isEmpty();
    }

    @Test
    void anAbbreviationThatSeveralCommitsHaveIsRefusedWithTheirNames() {
        String[] twins = twins();

        assertRefused(checkout, twins[0].substring(0, 4))
                .hasMessageStartingWith("sha: several commits begin so: ")
                .hasMessageContainingAll(twins[0], twins[1])
                .hasMessageEndingWith("Give more digits of the one that is meant.");
        assertThat(asked).isEmpty();
    }

    @Test
    void aDirectoryThatIsNotThereIsSaidSo() {
        assertRefused(checkout.resolve("nothing-here"), "abcd")
                .hasMessageContaining("nothing-here does not exist on local.");
    }

    /** Makes commits until two of them begin with the same four digits. */
    private String[] twins() {
        String found = Tool.run(
                checkout,
                "sh",
                "-c",
                "i=0; while [ $i -lt 2000 ]; do i=$((i+1)); printf '%s\\n' 'commit refs/heads/twins'"
                        + " \"committer Ada <ada@example.com> $i +0000\" 'data 0'; done | git fast-import --quiet;"
                        + " git rev-list refs/heads/twins | sort | uniq -w 4 -D | head -n 2");
        String[] twins = found.split("\n");
        assertThat(twins).as("two commits that begin alike").hasSize(2);
        return twins;
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path directory, String abbreviation) {
        return assertThatThrownBy(() -> flows(directory).watch(new CommitSha(abbreviation)))
                .isInstanceOfSatisfying(
                        DeployFirstException.class,
                        refused -> assertThat(refused.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED));
    }

    private EnvironmentFlows flows(Path directory) {
        Environment environment = new Environment(
                "preprod",
                new HostSettings.Local(),
                directory.toString(),
                new ComposeSettings(List.of(), Optional.empty(), ComposeSettings.Action.RESTART),
                Optional.empty(),
                HealthSettings.NONE,
                AT_ONCE,
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                "origin");
        return new EnvironmentFlows(
                environment,
                new FlowContext(
                        Progress.NONE,
                        Optional.of(this),
                        List.of(),
                        HttpClient.newHttpClient(),
                        "ada",
                        "",
                        timer,
                        Runnable::run));
    }

    private String commit(String subject) {
        git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-q", "--allow-empty", "-m", subject);
        return git("rev-parse", "HEAD");
    }

    private String git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Tool.run(checkout, command);
    }

    @Override
    public CompletableFuture<CiSnapshot> read(String sha) {
        asked.add(sha);
        return CompletableFuture.failedFuture(CiReadException.permanent("No such repository."));
    }

    @Override
    public String describe() {
        return "CI";
    }

    @Override
    public String pageOf(String sha) {
        return "";
    }
}
