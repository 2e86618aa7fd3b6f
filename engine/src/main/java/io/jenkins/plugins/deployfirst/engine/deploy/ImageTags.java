package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.command.Script;
import io.jenkins.plugins.deployfirst.engine.command.StateFiles;
import io.jenkins.plugins.deployfirst.engine.command.TagLine;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.host.Quote;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import io.jenkins.plugins.deployfirst.engine.state.Event;
import io.jenkins.plugins.deployfirst.engine.state.JournalEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The directory holds compose files that take the tag of their images from a variable: the tag in {@code .env} is the
 * release, and the journal knows its commit.
 */
record ImageTags(Environment environment, ImageSettings settings) implements Carrier {
    @Override
    public Script require(Script script) {
        return script;
    }

    @Override
    public String live() {
        return TagLine.live(settings.tagVariable());
    }

    /** The last release that went live with this tag; a failed deployment was undone, unless it says otherwise. */
    @Override
    public Release live(ScriptResult looked) {
        String tag = looked.value("tag");
        String sha = Release.isFullSha(tag) ? tag : "";
        String before = sha;
        List<JournalEntry> entries = JournalEntry.parseAll(looked.value("journalOfTag"));
        for (JournalEntry entry : entries) {
            if (entry.is(Event.DEPLOY_FAILED)) {
                sha = entry.get("live").isEmpty() && entry.sha().equals(sha) ? before : sha;
            } else if (entry.event().filter(Release.GONE_LIVE::contains).isPresent()) {
                before = entry.sha().equals(sha) ? before : sha;
                sha = entry.sha();
            }
        }
        return Release.of(sha, entries).tagged(tag);
    }

    @Override
    public Release wanted(DeployRequest request, Release live) {
        String tag = request.tag().map(ImageTag::value).orElse("");
        if (request.sha().isPresent() || !tag.isEmpty()) {
            String sha = request.sha().map(CommitSha::value).orElse(Release.isFullSha(tag) ? tag : "");
            return Release.of(sha).tagged(tag);
        }
        if (live.sha().isEmpty() && live.tag().isEmpty()) {
            throw DeployFirstException.unchanged(
                    "sha: " + settings.tagVariable() + " has no line in " + environment.directory()
                            + "/.env, so no release is live that could be brought up again.",
                    "Name the commit (--sha, or the parameter sha), or the tag of its images.");
        }
        return live;
    }

    @Override
    public String fetch(Script state, Release wanted, String checkedSha) {
        return StateFiles.find(state, wanted.sha()).text();
    }

    /** The compose files of the directory belong to no release: they are checked each time. */
    @Override
    public FetchedRelease fetched(Release wanted, ScriptResult fetched) {
        String sha = fetched.value("commit");
        Release known = Release.of(sha, JournalEntry.parseAll(fetched.value("journalOfSha")));
        String tag = wanted.tag().isEmpty() ? tagOf(known) : wanted.tag();
        ContainerImages images = wanted.images().isEmpty() ? known.images() : wanted.images();
        return new FetchedRelease(Release.of(sha).tagged(tag).with(images), true, true);
    }

    /** A commit whose tag nobody remembers has the one that the environment makes of it. */
    private String tagOf(Release release) {
        return release.tag().isEmpty() && !release.sha().isEmpty() ? settings.tagOf(release.sha()) : release.tag();
    }

    @Override
    public String resolve(Script state, String abbreviation) {
        return StateFiles.find(state, abbreviation).text();
    }

    @Override
    public Compose compose(String tool, Release release) {
        Map<String, String> variables =
                tagOf(release).isEmpty() ? Map.of() : Map.of(settings.tagVariable(), tagOf(release));
        return new Compose(
                tool, environment.compose().files(), environment.compose().project(), variables);
    }

    @Override
    public String check(Script state, String tool, Release release) {
        return compose(tool, release).checkThere(state, environment.directory());
    }

    @Override
    public boolean builds(ComposeInfo.Service service) {
        return service.build() && service.image().isEmpty();
    }

    @Override
    public boolean remembers(ComposeInfo.Service service) {
        return true;
    }

    @Override
    public boolean pullsAlways() {
        return true;
    }

    /** Else another tag would change nothing, and everything would look as if the release were live. */
    @Override
    public void accept(ComposeInfo info, Release release) {
        if (!release.tag().isEmpty()
                && info.services().stream().noneMatch(service -> service.image().contains(release.tag()))) {
            throw DeployFirstException.unchanged(
                    "image.tagVariable: no service's image has the tag " + release.tag() + " when "
                            + settings.tagVariable() + " is set to it.",
                    "Write image: registry.example.com/app:${" + settings.tagVariable()
                            + "} in the compose files, or name the variable that they use.");
        }
    }

    @Override
    public boolean isPlacedFirst() {
        return false;
    }

    @Override
    public String place(Script state, Release release, String journalEntry, boolean interrupted) {
        return TagLine.replace(state, environment.directory(), settings.tagVariable(), tagOf(release), journalEntry);
    }

    @Override
    public String placeBack(Script state, Release live) {
        return place(state, live, "", false);
    }

    /** The images are kept; nothing else belongs to a release. */
    @Override
    public Script keep(Script script, String name, Release release) {
        return script;
    }

    /** Nobody knows without the history; the order of the deployments tells. */
    @Override
    public String descends(String ancestor, String sha) {
        return Script.start().then("report descends unknown").text();
    }

    /** Only the history could tell, and the host has none. */
    @Override
    public Script compare(Script script, String live, String validated, Collection<String> named) {
        return script;
    }

    @Override
    public List<String> byHand(Release release) {
        List<String> lines = new ArrayList<>();
        release.images()
                .byService()
                .values()
                .forEach(image -> lines.add(Quote.command("docker", "tag", image.id(), image.name())));
        lines.add(TagLine.byHand(settings.tagVariable(), tagOf(release)));
        return lines;
    }
}
