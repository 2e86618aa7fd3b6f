package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import hudson.model.ModelObject;
import hudson.security.AccessControlled;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** The page of an environment, with what people can do about it. */
public final class EnvironmentPage implements ModelObject {
    private static final int OPERATIONS = 10;

    private final DefinedEnvironment environment;
    private final Viewer viewer;
    private final EnvironmentView view;

    EnvironmentPage(DefinedEnvironment environment, Viewer viewer) {
        this.environment = environment;
        this.viewer = viewer;
        this.view = new EnvironmentView(environment, viewer);
    }

    /** Returns what the current user sees of it, and has it looked at anew in the background when that is due. */
    public EnvironmentView getView() {
        StatusBoard.get().refresh(List.of(environment));
        return view;
    }

    @Override
    public String getDisplayName() {
        return view.getFolder().isEmpty() ? view.getName() : view.getFolderDisplayName() + " » " + view.getName();
    }

    /** Returns what people asked for lately, newest first, as far as the current user may see that. */
    public List<Operation> getOperations() {
        return Viewer.maySeeDetails(environment)
                ? Operations.get().of(EnvironmentKey.of(environment)).stream()
                        .limit(OPERATIONS)
                        .toList()
                : List.of();
    }

    public Api getApi() {
        return new Api(getView());
    }

    /** Shows its state as a picture for other pages. */
    @GET
    @WebMethod(name = "badge.svg")
    public HttpResponse doBadge() {
        return Badge.of(getView());
    }

    /** Returns the line that shows the badge on a page in Markdown, with a link to this one. */
    public String getBadgeMarkdown() {
        return "[![" + view.getName() + "](" + view.getUrl() + "badge.svg)](" + view.getUrl() + ")";
    }

    /** Has it looked at as soon as possible. */
    @POST
    public HttpResponse doLookAgain() {
        StatusBoard.get().lookAgain(environment);
        return Answer.accepted(view.getPath());
    }

    /** Returns the releases that it ran, newest first, without the live and the last validated one. */
    public List<EarlierRelease> getEarlierReleases() {
        return EarlierRelease.of(StatusBoard.get().of(environment).seen());
    }

    /** Returns whether going back to the last validated release would change anything, as far as is known. */
    public boolean isValidatedOffered() {
        return view.getValidated().isKnown() && !view.isLiveValidated();
    }

    /**
     * Takes it back.
     *
     * @param to the commit; empty: the rollback point
     */
    @POST
    public HttpResponse doRollback(@CheckForNull @QueryParameter String to) throws IOException {
        place(environment).checkPermission(DeployPermissions.ROLLBACK);
        try {
            return Answer.begun(Operations.get().start(OperationRequest.rollback(EnvironmentKey.of(environment), to)));
        } catch (DeployFirstException e) {
            return Answer.refused(e.getMessage());
        }
    }

    /** Watches the CI of what is live again, and does what the verdict asks for. */
    @POST
    public HttpResponse doWatchAgain() throws IOException {
        place(environment).checkPermission(DeployPermissions.ROLLBACK);
        if (!view.isWatchPossible()) {
            return Answer.refused(Messages.EnvironmentPage_nothingToWatch());
        }
        return Answer.begun(Operations.get()
                .start(OperationRequest.watch(
                        EnvironmentKey.of(environment), view.getLive().getSha())));
    }

    /** Returns the environments that its validated release can be carried on to. */
    public List<PromotionTarget> getPromotionTargets() {
        return viewer.promotionTargets(environment).stream()
                .map(target -> new PromotionTarget(target, viewer))
                .toList();
    }

    /**
     * Carries a release that is validated here on to another environment.
     *
     * @param to the key of the target
     * @param sha the commit; empty: the last one validated here
     * @param confirm must be {@value OperationRequest#CONFIRMATION}
     * @param overrideFreeze why it may be done in a freeze
     * @param redeployRejected whether it may be a release that was taken back there
     */
    @POST
    public HttpResponse doPromote(
            @CheckForNull @QueryParameter String to,
            @CheckForNull @QueryParameter String sha,
            @CheckForNull @QueryParameter String confirm,
            @CheckForNull @QueryParameter String overrideFreeze,
            @QueryParameter boolean redeployRejected)
            throws IOException {
        EnvironmentKey target = EnvironmentKey.parse(to == null ? "" : to);
        DefinedEnvironment found = viewer.find(target).orElse(null);
        if (found == null) {
            return Answer.refused(Messages.EnvironmentPage_noTarget(target));
        }
        place(found).checkPermission(DeployPermissions.PROMOTE);
        try {
            OperationRequest request = OperationRequest.promote(
                    target, EnvironmentKey.of(environment), sha, confirm, overrideFreeze, redeployRejected);
            return Answer.begun(Operations.get().start(request));
        } catch (DeployFirstException e) {
            return Answer.refused(e.getMessage());
        }
    }

    /** Refuses those who may not take it back, before they are shown how. */
    public void requireRollback() {
        place(environment).checkPermission(DeployPermissions.ROLLBACK);
    }

    private static AccessControlled place(DefinedEnvironment environment) {
        return DeployPermissions.place(environment.folder());
    }
}
