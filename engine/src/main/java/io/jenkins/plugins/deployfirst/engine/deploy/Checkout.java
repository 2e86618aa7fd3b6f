package io.jenkins.plugins.deployfirst.engine.deploy;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.command.Compose;
import io.jenkins.plugins.deployfirst.engine.command.Git;
import io.jenkins.plugins.deployfirst.engine.command.Script;
import io.jenkins.plugins.deployfirst.engine.host.HostShell.ScriptResult;
import io.jenkins.plugins.deployfirst.engine.host.Quote;
import io.jenkins.plugins.deployfirst.engine.state.ComposeInfo;
import java.util.Collection;
import java.util.List;

/** The directory is a git checkout: the commit in it is the release, and the services' images are built from it. */
record Checkout(Environment environment) implements Carrier {
    @Override
    public Script require(Script script) {
        return Git.require(script);
    }

    @Override
    public String live() {
        return Git.live();
    }

    @Override
    public Release live(ScriptResult looked) {
        return Release.parse(looked.value("live"));
    }

    @Override
    public Release wanted(DeployRequest request, Release live) {
        if (request.tag().isPresent()) {
            throw DeployFirstException.usage(
                    "tag: " + environment.name() + " deploys commits of a checkout, which have no tag.",
                    "Leave tag out, or set mode: image for the environment.");
        }
        return request.sha().map(sha -> Release.of(sha.value())).orElse(live);
    }

    @Override
    public String fetch(Script state, Release wanted, String checkedSha) {
        List<String> paths = Compose.paths(environment.compose().files());
        return Git.fetch(environment.directory(), environment.remote(), wanted.sha(), checkedSha, paths);
    }

    @Override
    public FetchedRelease fetched(Release wanted, ScriptResult fetched) {
        return new FetchedRelease(
                Release.parse(fetched.value("commit")),
                !fetched.value("composeSinceLive").equals("no"),
                !fetched.value("composeSinceCheck").equals("no"));
    }

    @Override
    public String resolve(Script state, String abbreviation) {
        return Git.resolve(environment.directory(), abbreviation);
    }

    @Override
    public Compose compose(String tool, Release release) {
        return new Compose(
                tool, environment.compose().files(), environment.compose().project());
    }

    @Override
    public String check(Script state, String tool, Release release) {
        return compose(tool, release).check(state, environment.directory(), release.sha());
    }

    @Override
    public boolean builds(ComposeInfo.Service service) {
        return service.build();
    }

    @Override
    public boolean remembers(ComposeInfo.Service service) {
        return service.build();
    }

    @Override
    public boolean pullsAlways() {
        return false;
    }

    @Override
    public void accept(ComposeInfo info, Release release) {
        // Whatever a commit's compose files say is part of the release.
    }

    @Override
    public boolean isPlacedFirst() {
        return true;
    }

    @Override
    public String place(Script state, Release release, String journalEntry, boolean interrupted) {
        return Git.reset(state, environment.directory(), release.sha(), journalEntry, interrupted);
    }

    @Override
    public String placeBack(Script state, Release live) {
        return Git.undoReset(state, environment.directory(), live.sha());
    }

    @Override
    public Script keep(Script script, String name, Release release) {
        return Git.keep(script, environment.directory(), environment.name(), name, release.sha());
    }

    @Override
    public String descends(String ancestor, String sha) {
        return Git.descends(environment.directory(), ancestor, sha);
    }

    @Override
    public Script compare(Script script, String live, String validated, Collection<String> named) {
        return Git.compare(script, environment.directory(), live, validated, named);
    }

    @Override
    public List<String> byHand(Release release) {
        return List.of(Quote.command("git", "reset", "--hard", release.sha()));
    }
}
