package io.jenkins.plugins.deployfirst.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.jenkins.plugins.deployfirst.config.DefinedEnvironment;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;

/** Who may see an environment, and who may change what it runs without a build. */
public final class DeployPermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(DeployPermissions.class, Messages._DeployPermissions_group());

    /** For people and badges without more: whoever may read Jenkins, or the folder, sees its environments anyway. */
    public static final Permission VIEW = permission("View", Messages._DeployPermissions_view());

    /** To take an environment back, and to have its CI watched again, which may end in the same. */
    public static final Permission ROLLBACK = permission("Rollback", Messages._DeployPermissions_rollback());

    /** To carry a release on to an environment. */
    public static final Permission PROMOTE = permission("Promote", Messages._DeployPermissions_promote());

    private DeployPermissions() {}

    private static Permission permission(String name, Localizable description) {
        return new Permission(
                GROUP, name, description, Jenkins.ADMINISTER, true, new PermissionScope[] {PermissionScope.ITEM_GROUP});
    }

    /** Has them known before whoever grants them is loaded. */
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void register() {
        // Whoever calls it has this class, and with it the permissions, initialized.
    }

    /** Returns whether the current user has a permission where the environment is defined. */
    static boolean has(DefinedEnvironment environment, Permission permission) {
        return place(environment.folder()).hasPermission(permission);
    }

    /** Returns whether the current user may see what is defined there, restrictions to certain jobs aside. */
    static boolean mayView(@CheckForNull Item folder) {
        return place(folder).hasPermission(folder == null ? Jenkins.READ : Item.READ)
                || place(folder).hasPermission(VIEW);
    }

    static AccessControlled place(@CheckForNull Item folder) {
        return folder == null ? Jenkins.get() : folder;
    }
}
