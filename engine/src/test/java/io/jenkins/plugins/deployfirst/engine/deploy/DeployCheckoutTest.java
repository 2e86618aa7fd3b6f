package io.jenkins.plugins.deployfirst.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.Outcome;
import io.jenkins.plugins.deployfirst.engine.ci.CiResult;
import io.jenkins.plugins.deployfirst.engine.ci.Verdict;
import io.jenkins.plugins.deployfirst.engine.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a deployment does to a checkout in which people have worked, and to one that is not as simple as a clone. */
class DeployCheckoutTest extends OnPreprod {
    private static final String AWKWARD = "it's a \"file\" \\ $HOME *\n ü🚀.txt";

    @BeforeAll
    static void start() {
        // As the administrator of a host does whose submodules are folders of its own.
        Tool.write(preprod.stack.home().resolve(".gitconfig"), "[protocol \"file\"]\n\tallow = always\n");
    }

    @Test
    void localChangesAreSavedAsAPatchThatCanBeAppliedAgain() throws Exception {
        Path checkout = preprod.stack.checkout();
        Tool.write(checkout.resolve("index.html"), "Changed by hand, without a line end ü");
        Tool.write(checkout.resolve(AWKWARD), "staged");
        Files.write(checkout.resolve("binary"), new byte[] {0, 1, 2, (byte) 0xff, '\n', 0});
        Files.delete(checkout.resolve("health"));
        preprod.host(
                "git add -A . && git reset -q index.html && chmod +x docker-compose.yml && git config color.ui always"
                        + " && git config diff.noprefix true");
        String tree = treeOf(checkout);

        DeployResult result = preprod.deploy(preprod.stack.release("over changes"));

        preprod.host("git config --unset color.ui; git config --unset diff.noprefix");
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(preprod.host("git status --porcelain")).isEmpty();
        assertThat(preprod.stack.page()).isEqualTo("Welcome, over changes");
        assertThat(preprod.saved()).singleElement().asString().endsWith(".patch");
        String patch = preprod.saved().get(0);
        assertThat(preprod.lines).contains("Local changes in the checkout were saved in " + patch);
        Path work = preprod.stack.work();
        Tool.run(work, "git", "reset", "-q", "--hard", preprod.first());
        Tool.run(work, "git", "apply", patch);
        assertThat(treeOf(work)).isEqualTo(tree);
    }

    @Test
    void untrackedFilesThatWouldBeOverwrittenAreSavedAndOthersStayWhereTheyAre() throws Exception {
        Path checkout = preprod.stack.checkout();
        Tool.write(checkout.resolve(AWKWARD), "mine");
        Tool.write(checkout.resolve("folder/" + AWKWARD), "mine too");
        Tool.write(checkout.resolve("becomes-a-file/inner"), "inner");
        Tool.write(checkout.resolve("becomes-a-folder"), "outer");
        Tool.write(checkout.resolve("uploads/photo ü"), "stays");
        Tool.write(checkout.resolve(".git/info/exclude"), "folder\n");
        String sha = preprod.stack.commit(
                "Claim the names",
                Map.of(
                        AWKWARD,
                        "theirs",
                        "folder/" + AWKWARD,
                        "theirs too",
                        "becomes-a-file",
                        "file",
                        "becomes-a-folder/inner",
                        "in a folder"));

        DeployResult result = preprod.deploy(sha);

        assertThat(result.error()).isEmpty();
        assertThat(checkout.resolve(AWKWARD)).hasContent("theirs");
        assertThat(checkout.resolve("becomes-a-file")).hasContent("file");
        assertThat(checkout.resolve("becomes-a-folder/inner")).hasContent("in a folder");
        assertThat(checkout.resolve("uploads/photo ü")).hasContent("stays");
        try (var folders = Files.list(preprod.stack.stateDirectory().resolve("saved"))) {
            Path saved = folders.toList().get(0);
            assertThat(saved.resolve(AWKWARD)).hasContent("mine");
            assertThat(saved.resolve("folder/" + AWKWARD)).hasContent("mine too");
            assertThat(saved.resolve("becomes-a-file/inner")).hasContent("inner");
            assertThat(saved.resolve("becomes-a-folder")).hasContent("outer");
            assertThat(saved.resolve("uploads")).doesNotExist();
        }
        Files.delete(checkout.resolve(".git/info/exclude"));
    }

    @Test
    void theDirectoryMayHaveAnAwkwardNameToo() throws Exception {
        Path place = preprod.stack.checkout().resolveSibling("it's an \"app\" $HOME ü");
        Tool.run(root, "cp", "-a", preprod.stack.checkout().toString(), place.toString());
        String sha = preprod.stack.release("somewhere else");
        Environment environment = preprod.with(it -> it.directory = place.toString());

        DeployResult result = preprod.deploy(environment, sha);

        assertThat(result.error()).isEmpty();
        assertThat(place.resolve("index.html")).hasContent("Welcome, somewhere else");
        assertThat(preprod.flows(environment).status().live().sha()).isEqualTo(sha);
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(Tool.works("flock", "-n", place.toString(), "true")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "abbreviated"})
    void aShallowCloneIsEnough(String form) throws Exception {
        Tool.run(
                root,
                "sh",
                "-c",
                "git clone -q --depth 1 file://\"$PWD\"/origin.git shallow && mv srv/app/.git deep && mv shallow/.git srv/app/.git");
        try {
            preprod.stack.release("in between");
            String sha = preprod.stack.release("shallow");
            preprod.stack.release("after it");

            DeployResult result = preprod.deploy(form.equals("full") ? sha : sha.substring(0, 9));

            assertThat(result.outcome()).isEqualTo(Outcome.DONE);
            assertThat(preprod.stack.page()).isEqualTo("Welcome, shallow");
            validate(sha);
            assertThat(preprod.stack.stateFile()).hasContent(sha);
            assertThat(preprod.flows()
                            .rollback(RollbackRequest.byHand(Optional.of(new CommitSha(preprod.first()))))
                            .outcome())
                    .isEqualTo(Outcome.DONE);
        } finally {
            Tool.run(root, "sh", "-c", "rm -rf srv/app/.git shallow && mv deep srv/app/.git");
        }
    }

    @Test
    void aValidatedReleaseSurvivesAForcedPushAndTheRemovalOfWhatNobodyRefersTo() throws Exception {
        String validated = preprod.stack.release("validated");
        preprod.makeLive(validated);
        validate(validated);
        Tool.run(preprod.stack.work(), "git", "reset", "-q", "--hard", preprod.first());
        String live = preprod.stack.release("rewritten");

        assertThat(preprod.deploy(live).outcome()).isEqualTo(Outcome.DONE);
        for (Path repository : List.of(preprod.stack.origin(), preprod.stack.checkout())) {
            Tool.run(repository, "sh", "-c", "git reflog expire --expire=now --all && git gc -q --prune=now");
        }

        assertThat(Tool.works("git", "-C", preprod.stack.origin().toString(), "cat-file", "-e", validated))
                .isFalse();
        RollbackResult result = preprod.flows().rollback(RollbackRequest.byHand(Optional.empty()));
        assertThat(result.sha()).isEqualTo(validated);
        assertThat(preprod.stack.page()).isEqualTo("Welcome, validated");
    }

    @Test
    void submodulesFollowTheCommitAndTheirChangesAreSaved() throws Exception {
        Path library = library("library");
        Path work = preprod.stack.work();
        Tool.run(
                work,
                "git",
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                library.toString(),
                "lib");
        String first = preprod.stack.commit("Add the library", Map.of());
        Tool.write(library.resolve("code"), "version 2");
        Tool.run(library, "git", "commit", "-q", "-a", "-m", "Second");
        Tool.run(work.resolve("lib"), "git", "pull", "-q");
        String second = preprod.stack.commit("Update the library", Map.of());
        Path code = preprod.stack.checkout().resolve("lib/code");

        assertThat(preprod.deploy(first).error()).isEmpty();
        assertThat(code).hasContent("version 1");
        Tool.write(code, "version 1, mended by hand");
        assertThat(preprod.deploy(second).error()).isEmpty();
        assertThat(code).hasContent("version 2");
        assertThat(preprod.saved()).singleElement().asString().endsWith(".submodules.patch");
        assertThat(Tool.read(Path.of(preprod.saved().get(0))))
                .startsWith("# submodule lib\n")
                .contains("+version 1, mended by hand");

        preprod.flows().rollback(RollbackRequest.byHand(Optional.of(new CommitSha(first))));
        assertThat(code).hasContent("version 1");
    }

    @Test
    void aSubmoduleThatCannotBeReadLeavesTheCheckoutAsItWas() throws Exception {
        Path library = library("private");
        Tool.run(
                preprod.stack.work(),
                "git",
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                library.toString(),
                "private");
        String sha = preprod.stack.commit("Add the private library", Map.of("index.html", "Welcome, private"));
        Tool.run(root, "rm", "-rf", library.toString());
        String web = preprod.startedAt("web");

        DeployResult result = preprod.deploy(sha);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED_UNCHANGED);
        assertThat(result.error())
                .startsWith("git submodule update failed: ")
                .endsWith("Check that the host may read the submodules.");
        assertThat(preprod.stack.live()).isEqualTo(preprod.first());
        assertThat(preprod.stack.checkout().resolve("index.html")).hasContent("Welcome, release 1");
        assertThat(preprod.startedAt("web")).isEqualTo(web);
        assertThat(preprod.flows().status().interrupted()).isFalse();
    }

    /** A repository with one file that says which version it is. */
    private static Path library(String name) {
        Path library = root.resolve(name);
        Tool.run(root, "git", "init", "-q", "-b", "main", name);
        Tool.write(library.resolve("code"), "version 1");
        Tool.run(
                library,
                "sh",
                "-c",
                "git config user.name Ada; git config user.email ada@example.com; git add -A; git commit -q -m First");
        return library;
    }

    private static void validate(String sha) throws InterruptedException {
        CiResult success = new CiResult(Verdict.SUCCESS, List.of(), "All checks succeeded.");
        preprod.flows().settle(new CommitSha(sha), success, Instant.now());
    }

    /** Returns the tree that git would make of all files in a checkout. */
    private static String treeOf(Path checkout) {
        return Tool.run(
                checkout,
                Map.of("GIT_INDEX_FILE", root.resolve("index-of-a-test").toString()),
                "sh",
                "-c",
                "rm -f \"$GIT_INDEX_FILE\"; git add -A . && git write-tree");
    }
}
