package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitTest {
    private static final List<String> COMPOSE_PATHS = Compose.paths(List.of());
    private static final String NOWHERE = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path root;

    private ScriptHost host;
    private Path work;
    private Path app;
    private String first;

    @BeforeEach
    void start() throws Exception {
        host = new ScriptHost(root);
        work = root.resolve("work");
        app = root.resolve("it's the app");
        git(root, "init", "-q", "--bare", "-b", "main", "origin.git");
        git(root, "clone", "-q", "origin.git", "work");
        git(work, "config", "user.name", "Ada Lovelace");
        git(work, "config", "user.email", "ada@example.com");
        git(work, "checkout", "-q", "-B", "main");
        first = push("First release", Map.of("index.html", "one\n", "docker-compose.yml", "services: {}\n"));
        git(root, "clone", "-q", "origin.git", app.toString());
        Tool.run(root, "mkdir", "-p", host.state().resolve("saved").toString());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void aFetchIsGivenWhatItIsAboutAsQuotedAssignments() {
        assertThat(Git.fetch("/srv/it's", "origin", "abcd", "", List.of(":(glob)**/.env*")))
                .startsWith(Script.start() + """
                DIR='/srv/it'\\''s'
                cd "$DIR"
                SHA='abcd'
                REMOTE='origin'
                CHECKED=''
                COMPOSE_PATHS=''\\'':(glob)**/.env*'\\'''
                export GIT_TERMINAL_PROMPT=0
                """);
    }

    @Test
    void aComparisonIsGivenWhatItIsAboutAsQuotedAssignments() {
        assertThat(Git.compare(new Script(""), "/srv/it's", "abcd", "", List.of("abcd", "ef"))
                        .text())
                .startsWith("""
                DIR='/srv/it'\\''s'
                cd "$DIR"
                LIVE_SHA='abcd'
                VALIDATED_SHA=''
                NAMED='abcd ef'
                """);
    }

    @Test
    void aComparisonTellsWhoWroteWhatAndHowFarApartItIs() throws Exception {
        String second = push("Second release", Map.of("index.html", "two\n"));
        git(app, "pull", "-q");

        ScriptResult result = host.succeed(
                Git.compare(Script.start(), app.toString(), second, first, List.of(second, NOWHERE, first)));

        assertThat(result.value("commits").lines())
                .hasSize(8)
                .startsWith(second, "Ada Lovelace", "Second release")
                .contains(first, "First release");
        assertThat(result.value("distance")).isEqualTo("0\t1");
    }

    @Test
    void aResetIsGivenWhatItIsAboutAsQuotedAssignments() {
        assertThat(Git.reset(new Script(""), "/srv/app", "abcd", "{\"by\":\"o'hara\"}", true))
                .startsWith("""
                DIR='/srv/app'
                cd "$DIR"
                NEW='abcd'
                INTERRUPTED='yes'
                export GIT_TERMINAL_PROMPT=0
                """)
                .contains("""

                ENTRY='{"by":"o'\\''hara"}'
                append "$ENTRY"
                """);
        assertThat(Git.undoReset(new Script(""), "/srv/app", "abcd")).contains("INTERRUPTED='no'\n");
    }

    @Test
    void commitsAreKeptByRefsOfTheEnvironment() {
        assertThat(Git.keep(new Script(""), "/srv/app", "preprod", "live", "abcd"))
                .hasToString("git -C /srv/app update-ref refs/deploy-first/preprod/live abcd\n");
        assertThat(Git.keep(new Script(""), "/srv/it's app", "preprod", "validated", "abcd"))
                .hasToString("git -C '/srv/it'\\''s app' update-ref refs/deploy-first/preprod/validated abcd\n");
    }

    @Test
    void aCommitThatIsThereNeedsNoFetch() throws Exception {
        git(app, "remote", "set-url", "origin", root.resolve("gone").toString());

        ScriptResult result = host.succeed(fetch(first));

        assertThat(result.value("commit"))
                .isEqualTo(first + "\nAda Lovelace\nFirst release\n" + git(app, "log", "-1", "--format=%cI", first));
        assertThat(result.value("composeSinceLive")).isEqualTo("no");
        assertThat(result.value("composeSinceCheck")).isEqualTo("unknown");
    }

    @Test
    void aCommitThatIsNotThereIsFetchedAndTheCheckoutStaysAsItIs() throws Exception {
        String second = push("Say \"it's\" $(id) ü", Map.of("index.html", "two\n"));

        assertThat(host.succeed(fetch(second)).value("commit"))
                .startsWith(second + "\nAda Lovelace\nSay \"it's\" $(id) ü\n");

        assertThat(head()).isEqualTo(first);
        assertThat(app.resolve("index.html")).content().isEqualTo("one\n");
    }

    @Test
    void anAbbreviationIsWrittenOut() throws Exception {
        String second = push("Second", Map.of("index.html", "two\n"));

        assertThat(host.succeed(fetch(second.substring(0, 10))).value("commit")).startsWith(second);
    }

    @Test
    void aBranchThatLooksLikeACommitIsNone() throws Exception {
        git(work, "branch", "abcdef12");
        git(work, "push", "-q", "origin", "abcdef12");

        assertThat(host.problemOf(fetch("abcdef12"))).isEqualTo("unknown-commit");
    }

    @Test
    void onlyCommitsCountAmongWhatBeginsAlike() throws Exception {
        String tree = git(work, "rev-parse", "HEAD^{tree}");

        assertThat(host.problemOf(fetch(tree.substring(0, 12)))).isEqualTo("unknown-commit");
        assertThat(host.problemOf(fetch(tree))).isEqualTo("unknown-commit");
    }

    @Test
    void whatCannotBeHadIsAProblem() throws Exception {
        assertThat(host.problemOf(fetch(NOWHERE))).isEqualTo("unknown-commit");

        git(app, "remote", "set-url", "origin", root.resolve("gone").toString());
        assertThat(host.problemOf(fetch(NOWHERE))).isEqualTo("fetch-failed");
        assertThat(host.problemOf(fetch("0123abc"))).isEqualTo("fetch-failed");
    }

    @Test
    void changesOfComposeFilesAreToldSinceLiveAndSinceTheLastCheck() throws Exception {
        String second = push("Second", Map.of("docker-compose.yml", "services: { web: {} }\n"));
        String third = push("Third", Map.of("index.html", "three\n"));

        ScriptResult result = host.succeed(Git.fetch(app.toString(), "origin", third, first, COMPOSE_PATHS));
        assertThat(result.value("composeSinceLive")).isEqualTo("yes");
        assertThat(result.value("composeSinceCheck")).isEqualTo("yes");

        result = host.succeed(Git.fetch(app.toString(), "origin", third, second, COMPOSE_PATHS));
        assertThat(result.value("composeSinceCheck")).isEqualTo("no");
    }

    @Test
    void resolvingTellsTheCommitWithoutFetching() throws Exception {
        git(app, "remote", "set-url", "origin", root.resolve("gone").toString());

        assertThat(host.succeed(Git.resolve(app.toString(), first.substring(0, 7)))
                        .value("commit"))
                .isEqualTo(first);
        assertThat(host.problemOf(Git.resolve(app.toString(), "0123"))).isEqualTo("not-on-host");
        assertThat(host.problemOf(Git.resolve(root.toString(), "0123"))).isEqualTo("not-a-checkout");
        assertThat(host.problemOf(Git.resolve(root + "/nowhere", "0123"))).isEqualTo("no-directory");
    }

    @Test
    void aResetPutsTheCommitIntoTheCheckoutAndTheEntryIntoTheJournal() throws Exception {
        String second = fetched(push("Second", Map.of("index.html", "two\n")));

        ScriptResult result = host.succeed(Git.reset(state(), app.toString(), second, "{}", false));

        assertThat(head()).isEqualTo(second);
        assertThat(app.resolve("index.html")).content().isEqualTo("two\n");
        assertThat(host.state().resolve("journal.jsonl")).content().isEqualTo("{}\n");
        assertThat(result.values()).doesNotContainKey("saved");
        assertThat(host.state().resolve("saved")).isEmptyDirectory();
    }

    @Test
    void changesOfTrackedFilesAreSavedAsAPatchThatBringsThemBack() throws Exception {
        String second = fetched(push("Second", Map.of("other.txt", "two\n")));
        Tool.write(app.resolve("index.html"), "changed by hand, ü\n");

        String saved = host.succeed(Git.reset(state(), app.toString(), second, "{}", false))
                .value("saved");

        assertThat(app.resolve("index.html")).content().isEqualTo("one\n");
        assertThat(Path.of(saved)).hasParentRaw(host.state().resolve("saved"));
        assertThat(Tool.run(app, "stat", "-c", "%a", saved)).isEqualTo("600");
        git(app, "apply", saved);
        assertThat(app.resolve("index.html")).content().isEqualTo("changed by hand, ü\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.txt",
                "with space",
                "it's",
                "-rf",
                "Grüße",
                "two\nlines",
                "$(touch gone)",
                "a*b",
                ":(top)x",
                "deep/er/file",
                "\"quoted\""
            })
    void anUntrackedFileInTheWayIsSavedWhateverItsName(String name) throws Exception {
        String second = fetched(push("Second", Map.of(name, "of the commit\n")));
        Tool.write(app.resolve(name), "by hand\n");
        Tool.write(app.resolve("untouched"), "stays\n");

        String saved = host.succeed(Git.reset(state(), app.toString(), second, "{}", false))
                .value("saved");

        assertThat(Path.of(saved).resolve(name)).content().isEqualTo("by hand\n");
        assertThat(app.resolve(name)).content().isEqualTo("of the commit\n");
        assertThat(app.resolve("untouched")).content().isEqualTo("stays\n");
        assertThat(app.resolve("gone")).doesNotExist();
    }

    @Test
    void aDirectoryAndAFileInTheWayAreSavedWhole() throws Exception {
        String second = fetched(push("Second", Map.of("becomes-file", "x\n", "becomes/directory", "x\n")));
        Tool.write(app.resolve("becomes-file/a b"), "by hand\n");
        Tool.write(app.resolve("becomes"), "by hand too\n");

        Path saved = Path.of(host.succeed(Git.reset(state(), app.toString(), second, "{}", false))
                .value("saved"));

        assertThat(saved.resolve("becomes-file/a b")).content().isEqualTo("by hand\n");
        assertThat(saved.resolve("becomes")).content().isEqualTo("by hand too\n");
        assertThat(head()).isEqualTo(second);
    }

    @Test
    void anIndexLockOfAnInterruptedRunIsTakenAwayAndAnyOtherIsLeft() throws Exception {
        String second = fetched(push("Second", Map.of("index.html", "two\n")));
        Path lock = app.resolve(".git/index.lock");
        Tool.write(lock, "");

        ScriptResult refused = host.run(Git.reset(state(), app.toString(), second, "{}", false));
        assertThat(refused.value("problem")).isEqualTo("index-locked");
        assertThat(refused.value("detail")).isEqualTo(app + "/.git/index.lock");
        assertThat(lock).exists();
        assertThat(head()).isEqualTo(first);

        host.succeed(Git.reset(state(), app.toString(), second, "{}", true));
        assertThat(lock).doesNotExist();
        assertThat(head()).isEqualTo(second);
    }

    @Test
    void aResetThatFailsHalfWayLeavesTheCommitThatWasThere() throws Exception {
        String second = fetched(push("Second", Map.of("index.html", "two\n", "big", "big\n")));
        String blob = git(work, "rev-parse", "HEAD:big");
        Tool.run(app, "rm", "-f", ".git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2));

        assertThat(host.problemOf(Git.reset(state(), app.toString(), second, "{}", false)))
                .isEqualTo("reset-failed");

        assertThat(head()).isEqualTo(first);
        assertThat(app.resolve("index.html")).content().isEqualTo("one\n");
    }

    @Test
    void anUndoneResetGoesBackUnlessTheCommitIsThereStill() throws Exception {
        String second = fetched(push("Second", Map.of("index.html", "two\n")));
        host.succeed(Git.reset(state(), app.toString(), second, "{}", false));

        host.succeed(Git.undoReset(state(), app.toString(), first));
        assertThat(head()).isEqualTo(first);

        Tool.write(app.resolve("index.html"), "by hand\n");
        host.succeed(Git.undoReset(state(), app.toString(), first));
        assertThat(app.resolve("index.html")).content().isEqualTo("by hand\n");
    }

    @Test
    void ancestryIsToldAndUnknownInAShallowClone() throws Exception {
        String second = fetched(push("Second", Map.of("index.html", "two\n")));

        assertThat(descends(app, first, second)).isEqualTo("yes");
        assertThat(descends(app, second, second)).isEqualTo("yes");
        assertThat(descends(app, second, first)).isEqualTo("no");
        assertThat(descends(app, NOWHERE, second)).isEqualTo("no");

        Path shallow = root.resolve("shallow");
        git(root, "clone", "-q", "--depth", "1", "file://" + root.resolve("origin.git"), shallow.toString());
        assertThat(descends(shallow, first, second)).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"preprod", "p", "10_preprod", "a.b-c_d", "9.", "x-"})
    void theNameOfAnyEnvironmentMakesARef(String name) throws Exception {
        host.succeed(Git.keep(Script.start(), app.toString(), name, "live", first));

        assertThat(git(app, "rev-parse", "refs/deploy-first/" + name + "/live")).isEqualTo(first);
    }

    private String fetch(String sha) {
        return Git.fetch(app.toString(), "origin", sha, "", COMPOSE_PATHS);
    }

    private String descends(Path directory, String ancestor, String sha) throws InterruptedException {
        return host.succeed(Git.descends(directory.toString(), ancestor, sha)).value("descends");
    }

    private static Script state() {
        return StateFiles.with("preprod", Optional.empty());
    }

    private String head() {
        return git(app, "rev-parse", "HEAD");
    }

    private String fetched(String sha) {
        git(app, "fetch", "-q");
        return sha;
    }

    private String push(String subject, Map<String, String> files) throws Exception {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = work.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        git(work, "add", "-A");
        git(work, "commit", "-q", "-m", subject);
        git(work, "push", "-q", "origin", "HEAD:main");
        return git(work, "rev-parse", "HEAD");
    }

    private static String git(Path directory, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Tool.run(directory, command);
    }
}
