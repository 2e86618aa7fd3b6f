package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Api;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/**
 * The page "Deployments", at {@code /deployments/}: every environment at a glance. It never waits for a host.
 *
 * <p>Those who may not read Jenkins see nothing of it but the badges of environments that they may view.
 */
@Extension
@Symbol("deployments")
@ExportedBean
public final class DeploymentsPage implements UnprotectedRootAction, StaplerProxy {
    static final String URL = "deployments";
    private static final Pattern BADGE = Pattern.compile("/environment/[^/]+/badge\\.svg");

    public static DeploymentsPage get() {
        return ExtensionList.lookupSingleton(DeploymentsPage.class);
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(Jenkins.READ) ? "symbol-paper-plane-outline" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.DeploymentsPage_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public Object getTarget() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        boolean badge =
                request != null && BADGE.matcher(request.getRestOfPath()).matches();
        if (!badge) {
            Jenkins.get().checkPermission(Jenkins.READ);
        }
        return this;
    }

    /** Returns what the current user sees now, and has what is old looked at anew in the background. */
    @Exported
    public List<EnvironmentView> getEnvironments() {
        Viewer viewer = new Viewer();
        List<DefinedEnvironment> environments = viewer.environments();
        StatusBoard.get().refresh(environments);
        return environments.stream()
                .map(environment -> new EnvironmentView(environment, viewer))
                .toList();
    }

    /** Returns the page of an environment; null when there is none that the current user may see. */
    @CheckForNull
    public EnvironmentPage getEnvironment(String key) {
        Viewer viewer = new Viewer();
        return viewer.find(EnvironmentKey.parse(key))
                .map(environment -> new EnvironmentPage(environment, viewer))
                .orElse(null);
    }

    /** Returns the page of an operation; null when there is none that the current user may see. */
    @CheckForNull
    public Operation getOperation(String number) {
        return Operations.get().find(number).orElse(null);
    }

    /** Has all environments that the user sees looked at as soon as possible. */
    @POST
    public HttpResponse doLookAgain() {
        new Viewer().environments().forEach(StatusBoard.get()::lookAgain);
        return Answer.accepted(URL + "/");
    }

    /** Returns an environment as configuration as code writes it. */
    public String getExample() throws IOException {
        try (InputStream example = DeploymentsPage.class.getResourceAsStream("DeploymentsPage/example.yml")) {
            return example == null ? "" : new String(example.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns whether the current user may define environments for all jobs. */
    public boolean isConfigurable() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    public Api getApi() {
        return new Api(this);
    }
}
