package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.jenkins.mlops.testbed.host.Text;
import java.io.IOException;
import java.util.Collection;

/** A thing with a name and a place in the tree of jobs and folders. */
public interface Item extends PersistenceRoot, ModelObject, AccessControlled {
    PermissionGroup PERMISSIONS = new PermissionGroup(Item.class, Text.of("Job"));
    Permission CREATE = permission("Create", Permission.CREATE, PermissionScope.ITEM_GROUP);
    Permission DELETE = permission("Delete", Permission.DELETE, PermissionScope.ITEM);
    Permission CONFIGURE = permission("Configure", Permission.CONFIGURE, PermissionScope.ITEM);
    Permission EXTENDED_READ = permission("ExtendedRead", CONFIGURE, PermissionScope.ITEM);
    Permission READ = permission("Read", Permission.READ, PermissionScope.ITEM);
    Permission DISCOVER = permission("Discover", READ, PermissionScope.ITEM);
    Permission BUILD = permission("Build", Permission.UPDATE, PermissionScope.ITEM);
    Permission WORKSPACE = permission("Workspace", Permission.READ, PermissionScope.ITEM);
    Permission CANCEL = permission("Cancel", Permission.UPDATE, PermissionScope.ITEM);

    private static Permission permission(String name, Permission impliedBy, PermissionScope scope) {
        return new Permission(PERMISSIONS, name, Text.of(name), impliedBy, scope);
    }

    ItemGroup<? extends Item> getParent();

    Collection<? extends Job> getAllJobs();

    String getName();

    String getFullName();

    @Override
    String getDisplayName();

    String getFullDisplayName();

    String getUrl();

    String getShortUrl();

    @Deprecated
    default String getAbsoluteUrl() {
        return jenkins.model.Jenkins.get().getRootUrl() + getUrl();
    }

    void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException;

    void onCopiedFrom(Item src);

    default void onCreatedFromScratch() {}

    @Override
    void save() throws IOException;

    void delete() throws IOException, InterruptedException;
}
