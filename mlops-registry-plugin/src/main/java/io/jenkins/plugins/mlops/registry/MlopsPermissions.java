package io.jenkins.plugins.mlops.registry;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The permission group "Models": who may see, register, promote, approve, deploy and configure. */
public final class MlopsPermissions {
    private static final PermissionGroup GROUP =
            new PermissionGroup(MlopsPermissions.class, Messages._MlopsPermissions_group());

    /** See every model, version, promotion and endpoint. Without it, only those of jobs that one may read. */
    public static final Permission VIEW = permission("View", Messages._MlopsPermissions_view(), Jenkins.ADMINISTER);

    /** Register versions. */
    public static final Permission REGISTER =
            permission("Register", Messages._MlopsPermissions_register(), Jenkins.ADMINISTER);

    /** Ask for a promotion, and withdraw it. */
    public static final Permission REQUEST_PROMOTION =
            permission("RequestPromotion", Messages._MlopsPermissions_requestPromotion(), Jenkins.ADMINISTER);

    /** Decide on a promotion. */
    public static final Permission APPROVE =
            permission("Approve", Messages._MlopsPermissions_approve(), Jenkins.ADMINISTER);

    /** Move an alias past gates, approvals and change windows. */
    public static final Permission OVERRIDE =
            permission("Override", Messages._MlopsPermissions_override(), Jenkins.ADMINISTER);

    /** Deploy versions to endpoints. */
    public static final Permission DEPLOY =
            permission("Deploy", Messages._MlopsPermissions_deploy(), Jenkins.ADMINISTER);

    /** Change promotion policies. */
    public static final Permission CONFIGURE =
            permission("Configure", Messages._MlopsPermissions_configure(), Jenkins.ADMINISTER);

    private MlopsPermissions() {}

    private static Permission permission(
            String name, org.jvnet.localizer.Localizable description, Permission impliedBy) {
        return new Permission(GROUP, name, description, impliedBy, PermissionScope.JENKINS);
    }

    /** Loads this class early, so that authorization strategies find the permissions when they read their settings. */
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    @Restricted(NoExternalUse.class) // called by Jenkins
    public static void define() {
        VIEW.getId();
    }
}
