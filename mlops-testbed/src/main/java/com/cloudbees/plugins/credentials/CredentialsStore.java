package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.Domain;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ModelObject;
import hudson.model.Saveable;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;

/** A place that keeps credentials. */
public abstract class CredentialsStore implements AccessControlled, Saveable {
    @NonNull
    public abstract ModelObject getContext();

    @NonNull
    @Override
    public ACL getACL() {
        return Jenkins.get().getACL();
    }

    @Override
    public final void checkPermission(@NonNull Permission p) {
        AccessControlled.super.checkPermission(p);
    }

    @Override
    public final boolean hasPermission(@NonNull Permission p) {
        return AccessControlled.super.hasPermission(p);
    }

    @NonNull
    public abstract List<Credentials> getCredentials(@NonNull Domain domain);

    public abstract boolean addCredentials(@NonNull Domain domain, @NonNull Credentials credentials) throws IOException;

    public abstract boolean removeCredentials(@NonNull Domain domain, @NonNull Credentials credentials)
            throws IOException;

    public abstract boolean updateCredentials(
            @NonNull Domain domain, @NonNull Credentials current, @NonNull Credentials replacement) throws IOException;

    @Override
    public void save() throws IOException {}
}
