package io.jenkins.plugins.deployfirst.engine.command;

import java.util.Base64;

/**
 * Scripts that put a secret file into an environment's directory and take it away again. They begin with
 * {@link StateFiles#with}.
 *
 * <p>A note beside the state tells which file is ours: its path, what happens to it at the end ({@code remove} it;
 * {@code undo} what was written unless a release goes live with it; {@code keep} it), and the sums of the contents that
 * it may have. A file with another content is somebody else's work and stays.
 */
public final class EnvFile {
    private static final String FUNCTIONS = """
            NOTE=$STATE/env-file; BEFORE=$STATE/env-file.before
            sum_of() { sha256sum < "$1" | cut -d ' ' -f 1; }
            content() { printf '%s' "$CONTENT" | base64 -d; }
            is_ours() {
              [ -f "$NOTE" ] && [ -f "$1" ] && [ ! -L "$1" ] && [ "$(sed -n 1p "$NOTE")" = "$1" ] \\
                && sed 1,2d "$NOTE" | grep -qxF -- "$(sum_of "$1")"
            }
            note() { ( umask 077; printf '%s\\n' "$@" > "$NOTE.new" ) && mv -f -- "$NOTE.new" "$NOTE" || problem state-not-writable "$NOTE"; }
            tidy_env_file() {
              [ -f "$NOTE" ] || return 0
              { IFS= read -r written; read -r fate; } < "$NOTE" || return 0
              [ "$fate" != keep ] || return 0
              rm -f -- "${written%/*}/.deploy-first.new"
              if [ ! -e "$written" ]; then :
              elif ! is_ours "$written"; then echo "$written was changed meanwhile, and stays."
              elif [ "$fate" = undo ] && [ -f "$BEFORE" ]; then
                mv -f -- "$BEFORE" "$written"; note "$written" keep "$(sum_of "$written")"; return 0
              else rm -f -- "$written"; fi
              rm -f -- "$NOTE" "$BEFORE"
            }""";

    /** The note is written first, with the sums of both contents: a cut in between leaves a file that is known as ours. */
    private static final String WRITE = """
            file=$DIR/$FILE
            if [ -e "$file" ] || [ -L "$file" ]; then
              is_ours "$file" || problem env-file-exists "$FILE"
            fi
            tracked() { git -C "$DIR" ls-files --error-unmatch -- ":(top,literal)$FILE" >/dev/null 2>&1 || git -C "$DIR" cat-file -e "$NEW:$FILE" 2>/dev/null; }
            if tracked; then problem env-file-tracked "$FILE"; fi
            folder=${file%/*}
            mkdir -p -- "$folder" 2>/dev/null || problem env-file-folder "$FILE"
            case $(cd "$folder" && pwd -P)/ in "$(cd "$DIR" && pwd -P)"/*) ;; *) problem env-file-outside "$FILE" ;; esac
            new=$folder/.deploy-first.new; sum=$(content | sha256sum | cut -d ' ' -f 1); rm -f -- "$BEFORE"
            if [ "$KEEP" != yes ]; then note "$file" remove "$sum" $([ ! -f "$file" ] || sum_of "$file")
            elif [ -f "$file" ]; then
              cp -p -- "$file" "$BEFORE"; note "$file" undo "$sum" "$(sum_of "$file")"
            else note "$file" undo "$sum"; fi
            rm -f -- "$new"
            ( umask 077; content > "$new" ) && mv -f -- "$new" "$file" || problem env-file-not-written "$FILE\"""";

    private EnvFile() {}

    /**
     * Writes the file, readable by its owner only. Ends in a problem whose code begins with {@code env-file-} where it may
     * not be written; then nothing is changed.
     *
     * @param sha the commit that is going to be in the checkout, which must not have a file there
     * @param keep whether it stays when {@link #keep} is called
     */
    public static String write(Script state, String directory, String sha, String path, byte[] content, boolean keep) {
        return state.set("DIR", directory)
                .set("NEW", sha)
                .set("FILE", path)
                .set("KEEP", keep ? "yes" : "no")
                .set("CONTENT", Base64.getEncoder().encodeToString(content))
                .then(FUNCTIONS)
                .then(WRITE)
                .text();
    }

    /** Lets a file that is to be kept stay from now on, because a release goes live with it. */
    public static String keep(Script state) {
        return state.then(FUNCTIONS).then("""
                        if [ -f "$NOTE" ]; then
                          sed '2s/^undo$/keep/' "$NOTE" > "$NOTE.new" && mv -f -- "$NOTE.new" "$NOTE"
                          rm -f -- "$BEFORE"
                        fi""").text();
    }

    /** Removes the file, or puts back the one that was there before; also what a run that was cut off has left. */
    public static Script tidy(Script state) {
        return state.then(FUNCTIONS).then("tidy_env_file");
    }
}
