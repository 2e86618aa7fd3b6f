package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.command.Script;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import java.util.Collection;
import java.util.List;

/**
 * What carries a release to an environment's host and tells which one is live there. Returns scripts and reads what they
 * report; {@link EnvironmentShell} runs them.
 */
interface Carrier {
    static Carrier of(Environment environment) {
        return environment
                .image()
                .<Carrier>map(image -> new ImageTags(environment, image))
                .orElseGet(() -> new Checkout(environment));
    }

    /** Adds to a script a look whether the host has what it needs for that. */
    Script require(Script script);

    /** Returns the lines for {@link io.jenkins.plugins.deployfirst.engine.command.StateFiles#look} that report what is live. */
    String live();

    /** Reads what {@link #live()} reported. */
    Release live(ScriptResult looked);

    /**
     * Returns the release that is asked for, as far as the request says.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException when it cannot be had in this way
     */
    Release wanted(DeployRequest request, Release live);

    /**
     * Brings a release to the host; what is live stays as it is.
     *
     * @param wanted its SHA may be abbreviated, or missing where images will tell it
     * @param checkedSha the commit whose compose files were checked last; may be empty
     */
    String fetch(Script state, Release wanted, String checkedSha);

    /** Reads what {@link #fetch} reported. */
    FetchedRelease fetched(Release wanted, ScriptResult fetched);

    /** Reports as {@code commit} the full SHA of the one release on the host whose SHA begins so. */
    String resolve(Script state, String abbreviation);

    /** Returns compose as it is to be run for a release. */
    Compose compose(String tool, Release release);

    /** Has compose check its files as they are in a release, and reports what they define. */
    String check(Script state, String tool, Release release);

    /** Returns whether a service's image is built on the host from what is in place. */
    boolean builds(ComposeInfo.Service service);

    /** Returns whether a rollback brings back the very image that a service ran. */
    boolean remembers(ComposeInfo.Service service);

    /** Returns whether images are pulled even though there are some of their names. */
    boolean pullsAlways();

    /**
     * Checks what compose has found in its files.
     *
     * @throws io.jenkins.plugins.deployfirst.engine.DeployFirstException (FAILED_UNCHANGED) when the release is not in it
     */
    void accept(ComposeInfo info, Release release);

    /** Returns whether a release has to be in place before its images and its schema can be prepared. */
    boolean isPlacedFirst();

    /**
     * Writes the journal entry, and makes a release the one that the next start of the containers runs; reports as
     * {@code saved} where it saved what was in its way.
     *
     * @param interrupted whether the last run died half way
     */
    String place(Script state, Release release, String journalEntry, boolean interrupted);

    /** Puts the live release back into its place, unless it is there still. */
    String placeBack(Script state, Release live);

    /** Adds to a script what keeps a release from being pruned on the host, under a name such as {@code live}. */
    Script keep(Script script, String name, Release release);

    /** Reports as {@code descends} whether a release came after another one: {@code yes}, {@code no} or {@code unknown}. */
    String descends(String ancestor, String sha);

    /**
     * Adds to a script what reports as {@link ReleaseComparison} reads it how two releases differ, as far as the host
     * knows.
     *
     * @param validated its SHA; may be empty
     * @param named the full SHAs of all releases that people want to know of, the live one among them
     */
    Script compare(Script script, String live, String validated, Collection<String> named);

    /** Returns what a person types to put a release into its place. */
    List<String> byHand(Release release);
}
