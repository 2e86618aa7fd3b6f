package io.jenkins.plugins.deployfirst.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.action.DeploymentRecord;
import io.jenkins.plugins.deployfirst.agent.FlowOutcome;
import io.jenkins.plugins.deployfirst.agent.FlowRunner;
import io.jenkins.plugins.deployfirst.config.FormMaps;
import io.jenkins.plugins.deployfirst.config.ImageDefinition;
import io.jenkins.plugins.deployfirst.config.KeyValues;
import io.jenkins.plugins.deployfirst.config.Lines;
import io.jenkins.plugins.deployfirst.config.RegistryCredentials;
import io.jenkins.plugins.deployfirst.config.SubmodulesDefinition;
import io.jenkins.plugins.deployfirst.engine.CommitSha;
import io.jenkins.plugins.deployfirst.engine.TagPattern;
import io.jenkins.plugins.deployfirst.engine.build.BuildImagesRequest;
import io.jenkins.plugins.deployfirst.engine.build.ImageMatrix;
import io.jenkins.plugins.deployfirst.engine.build.ImageSettings;
import io.jenkins.plugins.deployfirst.engine.command.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Builds the images of the workspace side by side, and pushes them when all are built. */
public final class BuildImagesStep extends WorkspaceStep {
    private final List<ImageDefinition> images;
    private Map<String, List<String>> matrix = new LinkedHashMap<>();
    private List<String> tags = new ArrayList<>();
    private DockerRegistryEndpoint registry;
    private boolean push = true;
    private int concurrency = BuildImagesRequest.DEFAULT_CONCURRENCY;
    private SubmodulesDefinition submodules;
    private String sha;
    private String branch;

    /** Creates it; with a matrix, each image is filled in by every combination that makes it another one. */
    @DataBoundConstructor
    public BuildImagesStep(List<ImageDefinition> images) {
        this.images = new ArrayList<>(Util.fixNull(images));
    }

    public List<ImageDefinition> getImages() {
        return List.copyOf(images);
    }

    public Map<String, List<String>> getMatrix() {
        return new LinkedHashMap<>(matrix);
    }

    /** Returns the matrix for a text box. */
    public String getMatrixText() {
        return KeyValues.joinLists(matrix);
    }

    /** Gives the values of what stands in braces in the images. */
    @DataBoundSetter
    public void setMatrix(@CheckForNull Map<String, List<String>> matrix) {
        this.matrix = KeyValues.lists(matrix);
    }

    public List<String> getTags() {
        return List.copyOf(tags);
    }

    /** Returns the tags for a text box. */
    public String getTagsText() {
        return Lines.join(tags);
    }

    /** Gives the tags of each image; default: latest, the commit, its short form and the branch. */
    @DataBoundSetter
    public void setTags(@CheckForNull List<String> tags) {
        this.tags = Lines.split(tags);
    }

    @CheckForNull
    public DockerRegistryEndpoint getRegistry() {
        return registry;
    }

    /** Says where the images belong; default: what {@code docker.withRegistry} around the step says. */
    @DataBoundSetter
    public void setRegistry(@CheckForNull DockerRegistryEndpoint registry) {
        this.registry = registry;
    }

    public boolean isPush() {
        return push;
    }

    /** Says whether they are pushed when all are built; default yes. */
    @DataBoundSetter
    public void setPush(boolean push) {
        this.push = push;
    }

    public int getConcurrency() {
        return concurrency;
    }

    /** Says how many are built at the same time; default 2. */
    @DataBoundSetter
    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    @CheckForNull
    public SubmodulesDefinition getSubmodules() {
        return submodules;
    }

    /** Says how submodules are brought; default: they are not. */
    @DataBoundSetter
    public void setSubmodules(@CheckForNull SubmodulesDefinition submodules) {
        this.submodules = submodules;
    }

    @CheckForNull
    public String getSha() {
        return sha;
    }

    /** Gives the full commit; default: the one that was checked out. */
    @DataBoundSetter
    public void setSha(@CheckForNull String sha) {
        this.sha = Util.fixEmptyAndTrim(sha);
    }

    @CheckForNull
    public String getBranch() {
        return branch;
    }

    /** Gives the branch; default: the one that was checked out. */
    @DataBoundSetter
    public void setBranch(@CheckForNull String branch) {
        this.branch = Util.fixEmptyAndTrim(branch);
    }

    @Override
    Object work(StepSite site) throws Exception {
        BuildImagesRequest request = request(site);
        FlowOutcome outcome = site.follow(
                DeploymentRecord.Kind.IMAGES, "", log -> FlowRunner.buildImages(request, site.channel(), log));
        Object result = StepSite.requireDone(outcome);
        ImageFingerprints.keep(site.run(), outcome.map());
        return result;
    }

    private BuildImagesRequest request(StepSite site) throws IOException, InterruptedException {
        EnvVars variables = site.variables();
        return new BuildImagesRequest(
                site.engineWorkspace(),
                settings(),
                tags,
                registry(site),
                push,
                concurrency,
                Optional.ofNullable(submodules).map(given -> given.resolve(site.run())),
                first(sha, variables.get("GIT_COMMIT")).map(CommitSha::new),
                first(branch, variables.get("BRANCH_NAME"), variables.get("GIT_LOCAL_BRANCH"), remoteBranch(variables)),
                timeout(BuildImagesRequest.DEFAULT_TIMEOUT));
    }

    /** An image that does not name every axis is made the same by several combinations, and built once. */
    private List<ImageSettings> settings() {
        List<UnaryOperator<String>> combinations = ImageMatrix.combinations(matrix);
        return images.stream()
                .flatMap(image -> combinations.stream().map(image::settings).distinct())
                .toList();
    }

    /** Inside {@code docker.withRegistry} its address completes the images' names, as it does for that plugin's own. */
    private Optional<Registry> registry(StepSite site) {
        return registry != null
                ? Optional.of(RegistryCredentials.resolve(registry, site.run()))
                : first(site.variables().get("DOCKER_REGISTRY_URL")).map(url -> new Registry(url, "", ""));
    }

    /** Git says {@code origin/main} of a branch, and {@code detached} of a commit that it was given as such. */
    @CheckForNull
    private static String remoteBranch(EnvVars variables) {
        String name = Util.fixNull(variables.get("GIT_BRANCH"));
        return name.equals("detached") ? null : name.replaceFirst("^origin/", "");
    }

    private static Optional<String> first(String... values) {
        return Stream.of(values)
                .map(Util::fixEmptyAndTrim)
                .filter(value -> value != null)
                .findFirst();
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends WorkspaceStepDescriptor {
        @Override
        public String getFunctionName() {
            return "buildImages";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BuildImagesStep_displayName();
        }

        /** A text box gives lines where a pipeline gives a map. */
        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            Map<String, List<String>> matrix = FormMaps.takeLists(form, "matrix");
            BuildImagesStep step = (BuildImagesStep) super.newInstance(request, form);
            step.setMatrix(matrix);
            return step;
        }

        @POST
        public FormValidation doCheckMatrix(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> ImageMatrix.combinations(KeyValues.parseLists("matrix", value)));
        }

        @POST
        public FormValidation doCheckTags(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> value.lines().forEach(tag -> new TagPattern("tags", tag.strip())));
        }

        @POST
        public FormValidation doCheckConcurrency(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(
                    item, value, () -> BuildImagesRequest.requireConcurrency(FieldChecks.number("concurrency", value)));
        }

        @POST
        public FormValidation doCheckSha(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FieldChecks.of(item, value, () -> new CommitSha(value));
        }
    }
}
