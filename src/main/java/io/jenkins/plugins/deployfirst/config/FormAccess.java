package io.jenkins.plugins.deployfirst.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import jenkins.model.Jenkins;

/** Who may see what in a form: administrators in the global configuration, those who may configure a job in the job. */
final class FormAccess {
    private FormAccess() {}

    /**
     * Returns whether the current user may have values checked.
     *
     * @param item the job or folder whose form it is; null in the global configuration
     */
    static boolean mayCheck(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /**
     * Returns whether the current user may have a form tried.
     *
     * @param owner what the form's page is about: a job, a folder, or something of Jenkins itself
     */
    static boolean mayTest(@CheckForNull Object owner) {
        return mayCheck(owner instanceof Item item ? item : null);
    }

    /**
     * Refuses users who may not have a connection made from the controller. Those who may configure a job or a folder can
     * have one made by a build as well.
     */
    static void requireConnect(@CheckForNull Item item) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
        }
    }

    /** Returns whether the current user may see which credentials there are. */
    static boolean mayListCredentials(@CheckForNull Item item) {
        return mayCheck(item) || item != null && item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
