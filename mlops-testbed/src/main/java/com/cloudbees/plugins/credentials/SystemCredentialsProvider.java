package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.model.Saveable;
import hudson.security.ACL;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The credentials of Jenkins itself. */
@Extension
public class SystemCredentialsProvider extends AbstractDescribableImpl<SystemCredentialsProvider> implements Saveable {
    private final CopyOnWriteArrayList<Credentials> credentials = new CopyOnWriteArrayList<>();

    public SystemCredentialsProvider() {
        XmlFile file = getConfigFile();
        if (file.exists()) {
            try {
                file.unmarshal(this);
            } catch (IOException e) {
                Logger.getLogger(SystemCredentialsProvider.class.getName())
                        .log(Level.SEVERE, "Failed to read the existing credentials", e);
            }
        }
    }

    @NonNull
    public static XmlFile getConfigFile() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), "credentials.xml"));
    }

    public static SystemCredentialsProvider getInstance() {
        return ExtensionList.lookupSingleton(SystemCredentialsProvider.class);
    }

    public List<Credentials> getCredentials() {
        return credentials;
    }

    @Override
    public void save() throws IOException {
        getConfigFile().write(this);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<SystemCredentialsProvider> {
        @NonNull
        @Override
        public String getDisplayName() {
            return "System";
        }
    }

    /** Gives the credentials to everything in Jenkins. */
    @Extension
    public static class ProviderImpl extends CredentialsProvider {
        @Override
        public CredentialsStore getStore(ModelObject object) {
            return object == Jenkins.getInstanceOrNull() ? new StoreImpl() : null;
        }

        @NonNull
        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                @NonNull Class<C> type,
                ItemGroup itemGroup,
                Authentication authentication,
                @NonNull List<DomainRequirement> domainRequirements) {
            if (!ACL.SYSTEM2.equals(authentication)) {
                return List.of();
            }
            return getInstance().credentials.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }

    private static final class StoreImpl extends CredentialsStore {
        private static SystemCredentialsProvider provider() {
            return getInstance();
        }

        @NonNull
        @Override
        public ModelObject getContext() {
            return Jenkins.get();
        }

        @NonNull
        @Override
        public List<Credentials> getCredentials(@NonNull Domain domain) {
            return List.copyOf(provider().credentials);
        }

        @Override
        public boolean addCredentials(@NonNull Domain domain, @NonNull Credentials c) throws IOException {
            checkPermission(CredentialsProvider.CREATE);
            boolean added = !provider().credentials.contains(c)
                    && provider().credentials.add(c);
            provider().save();
            return added;
        }

        @Override
        public boolean removeCredentials(@NonNull Domain domain, @NonNull Credentials c) throws IOException {
            checkPermission(CredentialsProvider.DELETE);
            boolean removed = provider().credentials.remove(c);
            provider().save();
            return removed;
        }

        @Override
        public boolean updateCredentials(
                @NonNull Domain domain, @NonNull Credentials current, @NonNull Credentials replacement)
                throws IOException {
            checkPermission(CredentialsProvider.UPDATE);
            int at = provider().credentials.indexOf(current);
            if (at < 0) {
                return false;
            }
            provider().credentials.set(at, replacement);
            provider().save();
            return true;
        }
    }
}
