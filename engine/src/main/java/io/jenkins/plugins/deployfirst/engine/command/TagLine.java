package io.jenkins.plugins.deployfirst.engine.command;

import io.jenkins.plugins.deployfirst.engine.host.Quote;

/**
 * Scripts on the one line of a directory's {@code .env} that names the tag of the live images. Compose takes the last line
 * of a name, and so is this.
 */
public final class TagLine {
    /**
     * {@code tag_line} prints what stands in the last line of the variable: {@code number} and {@code value}, or with a new
     * tag as {@code line} the whole line with that in it. What stands before the value and after it is kept, except for
     * quotes: a tag needs none.
     */
    private static final String FUNCTIONS = """
            tag_line() {
              [ ! -f "$DIR/.env" ] || LC_ALL=C awk -v name="$TAG_VARIABLE" -v want="$1" -v tag="${2-}" '
                {
                  cr = sub(/\\r$/, "") ? "\\r" : ""
                  rest = $0; sub(/^[ \\t]*(export[ \\t]+)?/, "", rest)
                  if (index(rest, name) != 1) next
                  rest = substr(rest, length(name) + 1)
                  if (rest !~ /^[ \\t]*=/) next
                  sub(/^[ \\t]*=[ \\t]*/, "", rest)
                  before = substr($0, 1, length($0) - length(rest))
                  quote = substr(rest, 1, 1)
                  end = quote == "\\"" || quote == "\\047" ? index(substr(rest, 2), quote) : 0
                  if (end) { text = substr(rest, 2, end - 1); after = substr(rest, end + 2) }
                  else {
                    after = match(rest, /[ \\t]*([ \\t]#.*)?$/) ? substr(rest, RSTART) : ""
                    text = substr(rest, 1, length(rest) - length(after))
                  }
                  found["number"] = NR; found["value"] = text; found["line"] = before tag after cr
                }
                END { if (found["number"]) print found[want] }' "$DIR/.env"
            }""";

    private static final String LOOK = """
            full_sha() { echo "$1"; }
            report tag "$(tag_line value)"
            [ ! -f "$JOURNAL" ] || entries "\\"tag\\":\\"$(tag_line value)\\"" tail 60 | report_lines journalOfTag""";

    /** The new file is whole, and on the disk, before the journal is written: then nothing but its name has to change. */
    private static final String PREPARE = """
            file=$DIR/.env
            if [ -L "$file" ]; then file=$(readlink -f -- "$file") || problem env-not-writable "$DIR/.env"; fi
            [ ! -e "$file" ] || [ -f "$file" ] || problem env-not-writable "$file"
            new=$file.deploy-first
            ends_with() { [ "$(tail -c "$1" | od -An -tx1 | tr -d ' \\n')" = "$2" ]; }
            renew() {
              if [ ! -f "$file" ]; then [ -z "$TAG" ] || printf '%s=%s\\n' "$TAG_VARIABLE" "$TAG"; return; fi
              number=$(tag_line number)
              if [ -n "$number" ]; then
                [ "$number" = 1 ] || head -n "$((number-1))" -- "$file" || return
                if [ -n "$TAG" ]; then
                  printf '%s' "$(tag_line line "$TAG")" || return
                  if tail -n "+$number" -- "$file" | head -n 1 | ends_with 1 0a; then echo || return; fi
                fi
                tail -n "+$((number+1))" -- "$file"
              elif [ -n "$TAG" ]; then
                eol=; if head -n 1 -- "$file" | ends_with 2 0d0a; then eol=$(printf '\\r'); fi
                cat -- "$file" || return
                [ ! -s "$file" ] || tail -c 1 -- "$file" | ends_with 1 0a || printf '%s\\n' "$eol" || return
                printf '%s=%s%s\\n' "$TAG_VARIABLE" "$TAG" "$eol"
              else cat -- "$file"; fi
            }
            if ! { { [ ! -f "$file" ] || ( umask 077; cp -p -- "$file" "$new" ); } && renew > "$new" \\
              && dd if=/dev/null of="$new" oflag=append conv=notrunc,fsync 2>/dev/null; }; then
              rm -f -- "$new"; problem env-not-writable "$file"
            fi""";

    private static final String REPLACE = """
            if [ ! -e "$file" ] && [ ! -s "$new" ]; then rm -f -- "$new"
            else mv -f -- "$new" "$file" || problem env-not-writable "$file"; fi""";

    private TagLine() {}

    /** Returns the lines for {@link StateFiles#look} that report as {@code tag} what the line says. */
    public static String live(String variable) {
        return functions(new Script(""), variable).then(LOOK).text();
    }

    /**
     * Writes the journal entry, and has the line name another tag; every other line is kept as it is, byte for byte, and
     * so are the file's mode and a link to it.
     *
     * @param tag empty: there is no such line any more
     * @param journalEntry may be empty
     */
    public static String replace(Script state, String directory, String variable, String tag, String journalEntry) {
        Script script =
                functions(state.set("DIR", directory), variable).set("TAG", tag).then(PREPARE);
        return (journalEntry.isEmpty() ? script : StateFiles.append(script, journalEntry))
                .then(REPLACE)
                .text();
    }

    /** Returns the command by which a person does that. */
    public static String byHand(String variable, String tag) {
        return Quote.command(
                "sed", "-i", "--follow-symlinks", "s/^" + variable + "=.*/" + variable + "=" + tag + "/", ".env");
    }

    private static Script functions(Script script, String variable) {
        return script.set("TAG_VARIABLE", variable).then(FUNCTIONS);
    }
}
