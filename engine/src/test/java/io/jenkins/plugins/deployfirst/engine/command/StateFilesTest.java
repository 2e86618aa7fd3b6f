package io.jenkins.plugins.deployfirst.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFilesTest {
    private static final String ENTRY = "{\"event\":\"validated\",\"reason\":\"it's $(id) \\\\n ü\"}";

    @TempDir
    Path root;

    private ScriptHost host;

    @BeforeEach
    void start() throws InterruptedException {
        host = new ScriptHost(root);
        host.program("docker", "exit 0");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void theStateIsInTheHomeOfWhoDeploys() {
        assertThat(state().text()).startsWith(Script.start() + """
                NAME='preprod'
                STATE=$HOME/.deploy-first/$NAME
                VALIDATED=$STATE/last-validated-sha.txt
                JOURNAL=$STATE/journal.jsonl
                replace() {
                """);
    }

    @Test
    void theValidatedShaMayBeElsewhere() {
        assertThat(StateFiles.with("preprod", Optional.of("/var/app state/it's.txt"))
                        .text())
                .startsWith(Script.start() + """
                NAME='preprod'
                STATE=$HOME/.deploy-first/$NAME
                VALIDATED='/var/app state/it'\\''s.txt'
                JOURNAL=$STATE/journal.jsonl
                replace() {
                """);
    }

    @Test
    void whatIsWrittenComesInAsQuotedAssignments() {
        Script none = new Script("");

        assertThat(StateFiles.append(none, "{\"by\":\"o'hara\"}")).hasToString("""
                ENTRY='{"by":"o'\\''hara"}'
                append "$ENTRY"
                """);
        assertThat(StateFiles.validate(none, "abcd")).hasToString("""
                VALID='abcd'
                replace "$VALIDATED" "$VALID"
                """);
        assertThat(StateFiles.rememberCompose(none, "{}")).hasToString("""
                COMPOSE_INFO='{}'
                replace "$STATE/compose" "$COMPOSE_INFO"
                """);
        assertThat(StateFiles.forgetCompose(none)).hasToString("""
                rm -f -- "$STATE/compose"
                """);
        assertThat(StateFiles.require(none, "/srv/app").text()).startsWith("""
                DIR='/srv/app'
                command -v docker >/dev/null 2>&1 || problem no-docker
                """);
        assertThat(StateFiles.acquire(none, 600, "o'hara").text()).startsWith("""
                WAIT='600'
                HOLDER='o'\\''hara'
                """);
        assertThat(StateFiles.look("what=live", "abcd", 40)).startsWith("""
                cd "$DIR"
                what=live
                SHA='abcd'
                COUNT='40'
                """);
        assertThat(StateFiles.release(none)).hasToString("""
                if flock -n 9 2>/dev/null; then rm -f -- "$STATE/holder"; flock -u 9; fi
                """);
    }

    @Test
    void newFilesAreReadableByTheirOwnerOnlyAndTheUmaskOfTheRestIsLeftAlone() throws Exception {
        makeState();
        host.succeed(
                StateFiles.append(StateFiles.validate(state(), "abcd"), ENTRY).then("touch \"$STATE/other\""));

        assertThat(mode("last-validated-sha.txt")).isEqualTo("rw-------");
        assertThat(mode("journal.jsonl")).isEqualTo("rw-------");
        assertThat(mode("other")).isEqualTo("rw-r--r--");
    }

    @Test
    void aFileIsReplacedAsAWholeByAnotherOneOfItsMode() throws Exception {
        makeState();
        Path file = file("last-validated-sha.txt");
        Tool.write(file, "a much longer text than the new one\nand another line\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Object before = identity(file);
        Path reader = root.resolve("reader");
        Files.createLink(reader, file);

        host.succeed(StateFiles.validate(state(), "abcd"));

        assertThat(file).content().isEqualTo("abcd\n");
        assertThat(identity(file)).as("the file").isNotEqualTo(before);
        assertThat(mode("last-validated-sha.txt")).isEqualTo("rw-r--r--");
        assertThat(reader).as("what a reader had open").content().startsWith("a much longer text");
        assertThat(names()).containsExactly("last-validated-sha.txt");
    }

    @Test
    void aFileThatCannotBeWrittenIsAProblemAndLeavesTheOldOneAndNothingElse() throws Exception {
        makeState();
        Tool.write(file("last-validated-sha.txt"), "old\n");
        host.program("dd", "cat > /dev/null; exit 1");

        ScriptResult result = host.run(StateFiles.validate(state(), "abcd"));

        assertThat(result.value("problem")).isEqualTo("state-not-writable");
        assertThat(result.value("detail"))
                .isEqualTo(file("last-validated-sha.txt").toString());
        assertThat(file("last-validated-sha.txt")).content().isEqualTo("old\n");
        assertThat(names()).containsExactly("last-validated-sha.txt");
    }

    @Test
    void aStateDirectoryThatIsNotThereIsAProblem() throws Exception {
        assertThat(host.problemOf(StateFiles.append(state(), ENTRY).text())).isEqualTo("state-not-writable");
        assertThat(host.problemOf(StateFiles.validate(state(), "abcd").text())).isEqualTo("state-not-writable");
    }

    @Test
    void entriesAreAppendedOneALineAsTheyAre() throws Exception {
        makeState();

        host.succeed(StateFiles.append(StateFiles.append(state(), ENTRY), "{}"));

        assertThat(file("journal.jsonl")).content().isEqualTo(ENTRY + "\n{}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":\"depl", "{\"event\":\"depl\0\0\0", "\0", "{}\r"})
    void aLineThatACutLeftUnfinishedDoesNotSwallowTheNextEntry(String torn) throws Exception {
        makeState();
        Tool.write(file("journal.jsonl"), "{}\n" + torn);

        host.succeed(StateFiles.append(state(), ENTRY));

        assertThat(file("journal.jsonl")).content().isEqualTo("{}\n" + torn + "\n" + ENTRY + "\n");
    }

    @Test
    void anEmptyJournalBeginsWithTheEntry() throws Exception {
        makeState();
        Tool.write(file("journal.jsonl"), "");

        host.succeed(StateFiles.append(state(), ENTRY));

        assertThat(file("journal.jsonl")).content().isEqualTo(ENTRY + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s\n", "%s", "%s\r\n", "  %s \t\r\n\r\n", "\n\n%s\n", "%S\n"})
    void whiteSpaceCrLfAndUpperCaseInTheValidatedShaAreForgiven(String format) throws Exception {
        String sha = checkout();
        makeState();
        Tool.write(
                file("last-validated-sha.txt"),
                format.replace("%S", sha.toUpperCase(java.util.Locale.ROOT)).replace("%s", sha));

        assertThat(look("").value("validated")).isEqualTo(sha);
    }

    @Test
    void anAbbreviationInTheValidatedShaIsWrittenOut() throws Exception {
        String sha = checkout();
        makeState();
        Tool.write(file("last-validated-sha.txt"), sha.substring(0, 8) + "\n");

        assertThat(look("").value("validated")).isEqualTo(sha);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main\n", "../../etc/passwd", "<html>", "\0\0\0\0", "deadbeef; id", "-x"})
    void whatIsNoShaIsToldAsItIsAndNamesNoRelease(String text) throws Exception {
        checkout();
        makeState();
        Tool.write(file("last-validated-sha.txt"), text);

        ScriptResult result = look("");

        assertThat(result.values()).doesNotContainKey("validated");
        assertThat(result.value("validatedText")).isEqualTo(text.replaceAll("[\\s\0]", ""));
    }

    @Test
    void aHugeValidatedShaIsNotTakenIn() throws Exception {
        checkout();
        makeState();
        Tool.write(file("last-validated-sha.txt"), "x".repeat(5_000_000));

        assertThat(look("").value("validatedText")).hasSize(200);
    }

    @Test
    void theJournalIsToldInExtracts() throws Exception {
        String sha = checkout();
        makeState();
        StringBuilder journal = new StringBuilder();
        journal.append(entry("deploy.started", sha, "first"));
        for (int i = 0; i < 10; i++) {
            journal.append(entry("validated", "b".repeat(40), "v" + i));
        }
        journal.append(entry("deploy.started", "c".repeat(40), "later"));
        Tool.write(file("journal.jsonl"), journal.toString());

        ScriptResult result = look(sha);

        assertThat(result.value("journalFirst")).contains("first").hasLineCount(1);
        assertThat(result.value("journalValidated").lines())
                .hasSize(5)
                .last()
                .asString()
                .contains("v9");
        assertThat(result.value("journalOfSha")).contains("first").hasLineCount(1);
        assertThat(result.value("journal").lines()).hasSize(3).last().asString().contains("later");
        assertThat(look("").values()).doesNotContainKey("journalOfSha");
    }

    @Test
    void blocksOfNulAndAVeryLongLineInTheJournalHideNothingElse() throws Exception {
        String sha = checkout();
        makeState();
        Tool.write(
                file("journal.jsonl"),
                entry("deploy.started", sha, "first") + "\0".repeat(5000) + entry("validated", sha, "mended")
                        + "{\"event\":\"" + "x".repeat(200_000) + "\"}\n" + entry("validated", sha, "last"));

        ScriptResult result = look(sha);

        assertThat(result.value("journalFirst")).contains("first");
        assertThat(result.value("journalValidated").lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("last");
        assertThat(result.value("journal").lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(65_536));
    }

    @Test
    void aHostThatRemembersNothingTellsWhatIsLive() throws Exception {
        String sha = checkout();

        ScriptResult result = look("");

        assertThat(result.value("live"))
                .matches(Pattern.quote(sha + "\nAda Lovelace\nSay it's $(id) ü\n") + "\\d{4}-\\d\\d-\\d\\dT\\S+");
        assertThat(result.value("directory")).isEqualTo(app().toRealPath().toString());
        assertThat(result.values()).containsOnlyKeys("live", "directory");
    }

    @Test
    void whatADeploymentCannotDoWithoutIsAskedFor() throws Exception {
        assertThat(problemOfRequire(root.resolve("nothing"))).isEqualTo("no-directory");
        Tool.write(root.resolve("file"), "");
        assertThat(problemOfRequire(root.resolve("file"))).isEqualTo("not-a-directory");
        for (String program : List.of("git", "docker", "flock")) {
            assertThat(host.problemOf("command() { [ \"$2\" != " + program + " ]; }\n" + required(root)))
                    .isEqualTo("no-" + program);
        }
    }

    @Test
    void theLockIsTakenWithANoteOfWhoHoldsIt() throws Exception {
        checkout();
        host.hold(app());

        ScriptResult result = host.succeed(StateFiles.acquire(required(app()), 0, "ada since noon"));

        assertThat(result.values()).doesNotContainKey("waited");
        assertThat(Tool.lines(file("holder"))).hasSize(2).first().isEqualTo("ada since noon");
        assertThat(mode("holder")).isEqualTo("rw-------");
        assertThat(Tool.works("flock", "-n", app().toString(), "true")).isFalse();
    }

    @Test
    void whoComesSecondIsToldWhoHoldsTheLock() throws Exception {
        checkout();
        host.hold(app());
        host.succeed(StateFiles.acquire(required(app()), 0, "ada since noon"));

        try (ScriptHost other = new ScriptHost(root)) {
            other.hold(app());
            ScriptResult result = other.run(StateFiles.acquire(required(app()), 1, "grace"));

            assertThat(result.value("problem")).isEqualTo("locked");
            assertThat(result.value("detail")).isEqualTo("ada since noon");
            assertThat(result.value("waited")).isEqualTo("yes");
            assertThat(other.output).contains("The lock is held by ada since noon; waiting for at most 1 s.");
            assertThat(lockHolder(other)).isEqualTo("ada since noon");
        }
        assertThat(Tool.lines(file("holder"))).first().isEqualTo("ada since noon");
    }

    @Test
    void aLockOfSomeoneElseIsToldAsSuch() throws Exception {
        checkout();
        host.hold(app());
        host.succeed("flock -n 9");

        try (ScriptHost other = new ScriptHost(root)) {
            assertThat(lockHolder(other)).isEqualTo("someone who is not Deploy First");
        }
    }

    @Test
    void aLockThatIsLetGoIsFreeAndItsNoteIsGone() throws Exception {
        checkout();
        host.hold(app());
        host.succeed(StateFiles.acquire(required(app()), 0, "ada"));

        host.succeed(StateFiles.release(state()));

        assertThat(file("holder")).doesNotExist();
        assertThat(lockHolder(host)).isEmpty();
    }

    @Test
    void whoDoesNotHoldTheLockLeavesTheNoteOfWhoDoes() throws Exception {
        checkout();
        host.hold(app());
        host.succeed(StateFiles.acquire(required(app()), 0, "ada"));

        try (ScriptHost other = new ScriptHost(root)) {
            other.hold(app());
            other.succeed(StateFiles.release(state()));
        }

        assertThat(Tool.lines(file("holder"))).first().isEqualTo("ada");
        assertThat(Tool.works("flock", "-n", app().toString(), "true")).isFalse();
    }

    @Test
    void whatIsKnownOfComposeIsRememberedAndForgotten() throws Exception {
        checkout();
        makeState();

        host.succeed(StateFiles.rememberCompose(state(), "{\"tool\":\"docker-compose\"}"));
        assertThat(look("").value("compose")).isEqualTo("{\"tool\":\"docker-compose\"}");

        host.succeed(StateFiles.forgetCompose(state()));
        assertThat(look("").values()).doesNotContainKey("compose");
        host.succeed(StateFiles.forgetCompose(state()));
    }

    private ScriptResult look(String sha) throws InterruptedException {
        return host.succeed(required(app()).then(StateFiles.look(Git.live(), sha, 3)));
    }

    private String lockHolder(ScriptHost asked) throws InterruptedException {
        return asked.succeed(StateFiles.lookAtLock(state().set("DIR", app().toString())))
                .value("locked");
    }

    private String problemOfRequire(Path directory) throws InterruptedException {
        return host.problemOf(required(directory).text());
    }

    private static Script required(Path directory) {
        return Git.require(StateFiles.require(state(), directory.toString()));
    }

    private static String entry(String event, String sha, String reason) {
        return "{\"event\":\"" + event + "\",\"sha\":\"" + sha + "\",\"reason\":\"" + reason + "\"}\n";
    }

    private static Script state() {
        return StateFiles.with("preprod", Optional.empty());
    }

    private void makeState() {
        Tool.run(root, "mkdir", "-p", host.state().toString());
    }

    private Path file(String name) {
        return host.state().resolve(name);
    }

    private List<String> names() {
        return List.of(host.state().toFile().list());
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name)));
    }

    private static Object identity(Path file) throws Exception {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private Path app() {
        return root.resolve("app");
    }

    /** Makes a checkout and returns its commit. */
    private String checkout() {
        return Tool.run(
                root,
                "sh",
                "-c",
                "git init -q app && cd app && git -c user.name='Ada Lovelace' -c user.email=ada@example.com commit -q"
                        + " --allow-empty -m \"Say it's \\$(id) ü\" && git rev-parse HEAD");
    }
}
