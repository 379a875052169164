package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.jenkins.mlops.testbed.host.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A source of credentials. */
public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
        implements ExtensionPoint, Describable<CredentialsProvider> {
    public static final PermissionGroup GROUP = new PermissionGroup(CredentialsProvider.class, Text.of("Credentials"));
    public static final Permission USE_OWN = permission("UseOwn");
    public static final Permission USE_ITEM = permission("UseItem");
    public static final Permission VIEW = permission("View");
    public static final Permission CREATE = permission("Create");
    public static final Permission UPDATE = permission("Update");
    public static final Permission DELETE = permission("Delete");

    @SuppressWarnings("unchecked")
    public CredentialsProvider() {
        super(self());
    }

    private static Permission permission(String name) {
        return new Permission(
                GROUP, name, Text.of(name), Jenkins.ADMINISTER, true, new PermissionScope[] {PermissionScope.ITEM});
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            @NonNull Class<C> type, @Nullable ItemGroup itemGroup, @Nullable Authentication authentication) {
        return lookupCredentialsInItemGroup(type, itemGroup, authentication, List.of());
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            @NonNull Class<C> type,
            @Nullable ItemGroup itemGroup,
            @Nullable Authentication authentication,
            @Nullable List<DomainRequirement> domainRequirements) {
        List<C> found = new ArrayList<>();
        Authentication who = authentication == null ? ACL.SYSTEM2 : authentication;
        ItemGroup<?> where = itemGroup == null ? Jenkins.get() : itemGroup;
        for (CredentialsProvider p : all()) {
            found.addAll(p.getCredentialsInItemGroup(type, where, who, domainRequirements));
        }
        return found;
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            @NonNull Class<C> type, @Nullable Item item, @Nullable Authentication authentication) {
        return lookupCredentialsInItem(type, item, authentication, List.of());
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            @NonNull Class<C> type,
            @Nullable Item item,
            @Nullable Authentication authentication,
            @Nullable List<DomainRequirement> domainRequirements) {
        List<C> found = new ArrayList<>();
        Authentication who = authentication == null ? ACL.SYSTEM2 : authentication;
        for (CredentialsProvider p : all()) {
            found.addAll(
                    item == null
                            ? p.getCredentialsInItemGroup(type, Jenkins.get(), who, domainRequirements)
                            : p.getCredentialsInItem(type, item, who, domainRequirements));
        }
        // Credentials of the system's own scope are for Jenkins itself, not for jobs.
        found.removeIf(c -> item != null && c.getScope() == CredentialsScope.SYSTEM);
        return found;
    }

    public static Iterable<CredentialsStore> lookupStores(final ModelObject context) {
        return all().stream()
                .map(p -> p.getStore(context))
                .filter(Objects::nonNull)
                .toList();
    }

    @CheckForNull
    public static <C extends IdCredentials> C findCredentialById(
            @NonNull String id, @NonNull Class<C> type, @NonNull Run<?, ?> run) {
        return findCredentialById(id, type, run, List.of());
    }

    @CheckForNull
    public static <C extends IdCredentials> C findCredentialById(
            @NonNull String id, @NonNull Class<C> type, @NonNull Run<?, ?> run, DomainRequirement... requirements) {
        return findCredentialById(id, type, run, Arrays.asList(requirements));
    }

    @CheckForNull
    public static <C extends IdCredentials> C findCredentialById(
            @NonNull String id,
            @NonNull Class<C> type,
            @NonNull Run<?, ?> run,
            @Nullable List<DomainRequirement> domainRequirements) {
        return CredentialsMatchers.firstOrNull(
                lookupCredentialsInItem(type, run.getParent(), ACL.SYSTEM2, domainRequirements),
                CredentialsMatchers.withId(id));
    }

    public static ExtensionList<CredentialsProvider> all() {
        return ExtensionList.lookup(CredentialsProvider.class);
    }

    @Override
    public Descriptor<CredentialsProvider> getDescriptor() {
        return this;
    }

    @CheckForNull
    public CredentialsStore getStore(@CheckForNull ModelObject object) {
        return null;
    }

    @NonNull
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            @NonNull Class<C> type,
            @Nullable ItemGroup itemGroup,
            @Nullable Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return List.of();
    }

    @NonNull
    public <C extends Credentials> List<C> getCredentialsInItem(
            @NonNull Class<C> type,
            @NonNull Item item,
            @Nullable Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return getCredentialsInItemGroup(type, item.getParent(), authentication, domainRequirements);
    }

    @CheckForNull
    public static <C extends Credentials> C track(@NonNull Run build, @CheckForNull C credentials) {
        return credentials;
    }
}
