package io.jenkins.plugins.deployfirst.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.deployfirst.engine.deploy.FreezeWindows;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Hours in which nothing is promoted to an environment, unless somebody states a reason. */
public final class FreezeDefinition extends AbstractDescribableImpl<FreezeDefinition> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> days;
    private final String from;
    private final String until;
    private final String zone;

    /**
     * Creates a window.
     *
     * @param days the days on which it begins, {@code mon} to {@code sun}
     * @param from its first minute, such as {@code 16:00}
     * @param until its last minute; earlier than {@code from}, it is on the next day
     * @param zone the time zone, such as {@code Europe/Paris}
     */
    @DataBoundConstructor
    public FreezeDefinition(@CheckForNull List<String> days, String from, String until, String zone) {
        this.days = Lines.split(days);
        this.from = Util.fixNull(from).strip();
        this.until = Util.fixNull(until).strip();
        this.zone = Util.fixNull(zone).strip();
    }

    public List<String> getDays() {
        return List.copyOf(days);
    }

    /** Returns the days for a text box. */
    public String getDaysText() {
        return Lines.join(days);
    }

    public String getFrom() {
        return from;
    }

    public String getUntil() {
        return until;
    }

    public String getZone() {
        return zone;
    }

    FreezeWindows.Window settings() {
        return FreezeWindows.Window.of(days, from, until, zone);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<FreezeDefinition> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FreezeDefinition_displayName();
        }

        @POST
        public FormValidation doCheckDays(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.of(item, () -> FreezeWindows.days(Lines.split(value)));
        }

        @POST
        public FormValidation doCheckFrom(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, text -> FreezeWindows.time("freeze.from", text));
        }

        @POST
        public FormValidation doCheckUntil(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, text -> FreezeWindows.time("freeze.until", text));
        }

        @POST
        public FormValidation doCheckZone(@CheckForNull @AncestorInPath Item item, @QueryParameter String value) {
            return FormChecks.text(item, value, FreezeWindows::zone);
        }
    }
}
