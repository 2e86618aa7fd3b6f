package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;
import java.util.Collection;
import java.util.List;

/** Scripts on the host's git checkout. Housekeeping is off: it would go on in the background and hold the lock. */
public final class Git {
    private static final String COMMON = """
            export GIT_TERMINAL_PROMPT=0
            quiet_git() { git -c gc.auto=0 -c maintenance.auto=false -c advice.detachedHead=false "$@"; }""";

    /**
     * Looks the commit up among the objects first: a fetch that brings nothing new costs a connection to the git server.
     * An abbreviation is looked up after a fetch, because only then is it known to be unambiguous. Candidates are taken
     * from the objects, never from branch or tag names that happen to look like a commit.
     */
    private static final String FETCH = """
            present() { git cat-file -e "$SHA^{commit}" 2>/dev/null; }
            case ${#SHA} in
              40 | 64)
                if ! present; then
                  quiet_git fetch --quiet --recurse-submodules=no "$REMOTE" || fetch_failed=1
                  present || quiet_git fetch --quiet --recurse-submodules=no "$REMOTE" "$SHA" || :
                  present || { [ -z "${fetch_failed-}" ] && problem unknown-commit || problem fetch-failed; }
                fi
                new=$SHA ;;
              *)
                quiet_git fetch --quiet --recurse-submodules=no "$REMOTE" || problem fetch-failed
                new=$(commits)
                case $new in
                  '') problem unknown-commit ;;
                  *[!0-9a-f]*) problem ambiguous-commit "$(echo $new)" ;;
                esac ;;
            esac
            git log -1 --format='%H%n%an%n%s%n%cI' "$new" | report_lines commit
            report composeSinceLive "$(changed "$(git rev-parse HEAD)")"
            report composeSinceCheck "$(changed "$CHECKED")\"""";

    private static final String REQUIRE = """
            command -v git >/dev/null 2>&1 || problem no-git
            top=$(git -C "$DIR" rev-parse --show-toplevel 2>&1) || problem not-a-checkout "$top"
            [ "$top" = "$(cd "$DIR" && pwd -P)" ] || problem not-the-top "$top"
            git -C "$DIR" rev-parse --verify -q HEAD >/dev/null || problem no-commit""";

    private static final String LIVE = """
            full_sha() { git rev-parse --verify -q "$1^{commit}" || echo "$1"; }
            git log -1 --format='%H%n%an%n%s%n%cI' HEAD | report_lines live""";

    /**
     * Counting reads the history between the two: what a shallow clone has of that is not all of it, so it is not counted
     * there.
     */
    private static final String COMPARE = """
            eval "git log --no-walk=unsorted --ignore-missing --format='%H%n%an%n%s%n%cI' $NAMED" | report_lines commits
            if [ -n "$VALIDATED_SHA" ] && git cat-file -e "$VALIDATED_SHA^{commit}" 2>/dev/null \\
              && [ "$(git rev-parse --is-shallow-repository)" = false ]; then
              report distance "$(git rev-list --left-right --count "$VALIDATED_SHA...$LIVE_SHA")"
            fi""";

    private static final String COMMITS = """
            commits() {
              git rev-parse --disambiguate="$SHA" | while read -r o; do
                if [ "$(git cat-file -t "$o")" = commit ]; then echo "$o"; fi
              done
            }""";

    private static final String RESOLVE = """
            found=$(commits)
            case $found in
              '') problem not-on-host "$SHA" ;;
              *[!0-9a-f]*) problem ambiguous-commit "$(echo $found)" ;;
            esac
            report commit "$found\"""";

    private static final String CHANGED = """
            changed() {
              if [ -z "$1" ] || ! git cat-file -e "$1^{commit}" 2>/dev/null; then echo unknown
              elif eval "git diff --quiet \\"\\$1\\" \\"\\$new\\" -- $COMPOSE_PATHS"; then echo no
              else echo yes; fi
            }""";

    /**
     * Saves what a reset would destroy: changes of tracked files, and untracked files in the way of new ones. What is in
     * the way is a file of that path, all that is in a directory of that path, or a file where the path has a directory.
     */
    private static final String SAVE = """
            patch() { git diff --binary --no-color --no-ext-diff --no-textconv --src-prefix=a/ --dst-prefix=b/ HEAD; }
            unsaved() { rm -rf -- "$1"; problem state-not-writable "$1"; }
            S=$STATE/saved/$(date -u +%Y%m%dT%H%M%SZ)-$(git rev-parse --short HEAD)
            if ! git diff --quiet --ignore-submodules=dirty HEAD; then
              ( umask 077; patch > "$S.patch" ) || unsaved "$S.patch"
              report saved "$S.patch"
            fi
            if [ -f .gitmodules ]; then
              ( umask 077; git submodule foreach --quiet --recursive \\
                  'git diff --quiet HEAD || { echo "# submodule $displaypath"; git diff --binary --no-color --no-ext-diff HEAD; }' > "$S.submodules.patch" ) \\
                || unsaved "$S.submodules.patch"
              if [ -s "$S.submodules.patch" ]; then report saved "$S.submodules.patch"; else rm -f "$S.submodules.patch"; fi
            fi
            git diff-index -z --cached --name-only --no-renames --diff-filter=D "$NEW" | xargs -0 -r sh -c '
              for f; do
                p=$f; while [ ! -e "$p" ] && [ ! -L "$p" ] && [ "$p" != "${p%/*}" ]; do p=${p%/*}; done
                if { [ -e "$p" ] || [ -L "$p" ]; } && { [ "$p" = "$f" ] || [ ! -d "$p" ]; }; then
                  git --literal-pathspecs ls-files -z --others -- "$p"
                fi
              done' sh | S=$S xargs -0 -r sh -c '
              for f; do
                ( umask 077; mkdir -p -- "$S/$(dirname -- "$f")" ) && cp -a -- "$f" "$S/$f" || exit 255
              done' sh || unsaved "$S"
            [ ! -d "$S" ] || report saved "$S\"""";

    /**
     * An index.lock that no living process of ours can own is left over from a reset that was killed. Only a run that
     * finds the last one interrupted takes it away; otherwise a person may be at work in the checkout.
     *
     * <p>When a part of it fails, the checkout goes back to the commit that it held.
     */
    private static final String RESET = """
            lock=$(git rev-parse --git-path index.lock)
            if [ -e "$lock" ]; then
              i=0; while [ -e "$lock" ] && [ $i -lt 30 ]; do sleep 0.1; i=$((i+1)); done
              if [ -e "$lock" ]; then
                [ "$INTERRUPTED" = yes ] || problem index-locked "$DIR/$lock"
                rm -f -- "$lock"; echo "Removed $lock, left over by the interrupted run."
              fi
            fi
            go_to() {
              git reset --hard --quiet "$1" || return 1
              [ -f .gitmodules ] || return 0
              git submodule --quiet sync --recursive && quiet_git submodule --quiet update --init --recursive --force || return 2
            }
            old=$(git rev-parse HEAD); failed=0
            go_to "$NEW" || failed=$?
            if [ $failed != 0 ]; then
              go_to "$old" >/dev/null 2>&1 || problem reset-stuck "$old"
              [ $failed = 1 ] && problem reset-failed || problem submodules-failed
            fi""";

    private Git() {}

    /** Checks that the directory is a checkout; comes after {@link StateFiles#require}. */
    public static Script require(Script script) {
        return script.then(REQUIRE);
    }

    /** Returns the lines for {@link StateFiles#look} that report as {@code live} the commit of the checkout. */
    public static String live() {
        return LIVE;
    }

    /**
     * Brings the commit and reports {@code commit} (SHA, author, subject, time) and whether compose's files changed since the
     * live commit and since the last one whose files were checked.
     */
    public static String fetch(
            String directory, String remote, String sha, String checkedSha, List<String> composePaths) {
        return Script.in(directory)
                .set("SHA", sha)
                .set("REMOTE", remote)
                .set("CHECKED", checkedSha)
                .setCommand("COMPOSE_PATHS", composePaths.toArray(String[]::new))
                .then(COMMON)
                .then(CHANGED)
                .then(COMMITS)
                .then(FETCH)
                .text();
    }

    /**
     * Reports as {@code commit} the only commit whose name begins so. Nothing is fetched: what was deployed is there,
     * and commits that were not are not meant.
     */
    public static String resolve(String directory, String abbreviation) {
        return new Script(Inspect.directory(directory))
                .set("SHA", abbreviation)
                .then(COMMITS)
                .then(RESOLVE)
                .text();
    }

    /**
     * Saves local changes, writes the journal entry and resets the checkout to the commit, submodules too.
     *
     * @param journalEntry written before anything changes
     * @param interrupted whether the last run died half way, and may have left its lock on the index
     */
    public static String reset(Script state, String directory, String sha, String journalEntry, boolean interrupted) {
        Script script = checkout(state, directory, sha, interrupted).then(SAVE);
        return StateFiles.append(script, journalEntry).then(RESET).text();
    }

    /** Resets the checkout to the commit that it held before, unless it holds that still. */
    public static String undoReset(Script state, String directory, String sha) {
        return checkout(state, directory, sha, false)
                .then("[ \"$(git rev-parse HEAD)\" != \"$NEW\" ] || exit 0")
                .then(SAVE)
                .then(RESET)
                .text();
    }

    private static Script checkout(Script state, String directory, String sha, boolean interrupted) {
        return state.set("DIR", directory)
                .then("cd \"$DIR\"")
                .set("NEW", sha)
                .set("INTERRUPTED", interrupted ? "yes" : "no")
                .then(COMMON);
    }

    /** Keeps a commit from being pruned, and lets people find it under {@code refs/deploy-first/}. */
    public static Script keep(Script script, String directory, String environment, String name, String sha) {
        return script.then("git -C "
                + Quote.command(directory, "update-ref", "refs/deploy-first/" + environment + "/" + name, sha));
    }

    /**
     * Reports as {@code commits} what people want to know of commits (four lines each: SHA, author, subject, time), and as
     * {@code distance} how many commits only the validated one has and how many only the live one.
     *
     * @param validated may be empty
     * @param named full SHAs, at least one; those that are not there are left out
     */
    public static Script compare(
            Script script, String directory, String live, String validated, Collection<String> named) {
        return script.set("DIR", directory)
                .then("cd \"$DIR\"")
                .set("LIVE_SHA", live)
                .set("VALIDATED_SHA", validated)
                .setCommand("NAMED", named.toArray(String[]::new))
                .then(COMPARE);
    }

    /** Reports as {@code descends} whether the commit has the ancestor, or {@code unknown} in a shallow clone. */
    public static String descends(String directory, String ancestor, String sha) {
        return Script.in(directory)
                .set("ANCESTOR", ancestor)
                .set("SHA", sha)
                .then("""
                        if git merge-base --is-ancestor "$ANCESTOR" "$SHA" 2>/dev/null; then report descends yes
                        elif [ "$(git rev-parse --is-shallow-repository)" = true ]; then report descends unknown
                        else report descends no; fi""")
                .text();
    }
}
