package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import hudson.security.ACL;
import io.jenkins.mlops.testbed.host.Folders;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import jenkins.model.Jenkins;
import jenkins.model.Loadable;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Base of items that are kept in a folder with a {@code config.xml}. */
@ExportedBean
public abstract class AbstractItem extends Actionable implements Loadable, Item, StaplerProxy {
    protected transient String name;
    protected volatile String description;
    protected String displayName;
    private transient ItemGroup parent;

    protected AbstractItem(ItemGroup parent, String name) {
        this.parent = parent;
        doSetName(name);
    }

    @Override
    @Exported(visibility = 999)
    public String getName() {
        return name;
    }

    @Override
    @Exported
    public String getDisplayName() {
        return displayName != null ? displayName : name;
    }

    @Exported
    public String getDisplayNameOrNull() {
        return displayName;
    }

    public void setDisplayName(String displayName) throws IOException {
        this.displayName = Util.fixEmptyAndTrim(displayName);
        save();
    }

    @Override
    public File getRootDir() {
        return parent.getRootDirFor(this);
    }

    @Override
    public @NonNull ItemGroup getParent() {
        if (parent == null) {
            throw new IllegalStateException("no parent set on " + getClass().getName() + "[" + name + "]");
        }
        return parent;
    }

    @Exported
    public String getDescription() {
        return description;
    }

    public void setDescription(String description) throws IOException {
        this.description = description;
        save();
    }

    protected void doSetName(String name) {
        this.name = name;
    }

    @Override
    public abstract Collection<? extends Job> getAllJobs();

    @Override
    @Exported
    public final String getFullName() {
        String base = getParent().getFullName();
        return base.isEmpty() ? getName() : base + '/' + getName();
    }

    @Override
    @Exported
    public final String getFullDisplayName() {
        String base = getParent().getFullDisplayName();
        return base.isEmpty() ? getDisplayName() : base + " » " + getDisplayName();
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        this.parent = parent;
        doSetName(name);
    }

    @Override
    public void onCopiedFrom(Item src) {}

    @Override
    public final String getUrl() {
        String base = getParent().getUrl();
        return base + getShortUrl();
    }

    @Override
    public String getShortUrl() {
        String prefix = getParent().getUrlChildPrefix();
        String own = Util.rawEncode(getName());
        return prefix.equals(".") ? own + '/' : prefix + '/' + own + '/';
    }

    @Override
    @Exported(visibility = 999, name = "url")
    public final String getAbsoluteUrl() {
        String root = Jenkins.get().getRootUrl();
        if (root == null) {
            throw new IllegalStateException("Root URL isn't configured yet. Cannot compute absolute URL.");
        }
        return root + getUrl();
    }

    public final Api getApi() {
        return new Api(this);
    }

    @NonNull
    @Override
    public ACL getACL() {
        return Jenkins.get().getAuthorizationStrategy().getACL(this);
    }

    @Override
    public synchronized void save() throws IOException {
        getConfigFile().write(this);
        SaveableListener.fireOnChange(this, getConfigFile());
    }

    public final XmlFile getConfigFile() {
        return Items.getConfigFile(this);
    }

    @Override
    public void delete() throws IOException, InterruptedException {
        checkPermission(DELETE);
        ItemListener.fireOnDeleted(this);
        performDelete();
        getParent().onDeleted(this);
    }

    protected void performDelete() throws IOException, InterruptedException {
        Folders.delete(getRootDir().toPath());
    }

    @Override
    public void load() throws IOException {
        getConfigFile().unmarshal(this);
        onLoad(getParent(), getName());
    }

    @Override
    public String toString() {
        return getClass().getName() + '@' + Integer.toHexString(hashCode()) + '[' + getFullName() + ']';
    }

    @Override
    public Object getTarget() {
        if (!hasPermission(READ)) {
            if (hasPermission(DISCOVER)) {
                checkPermission(READ);
            }
            return null;
        }
        return this;
    }
}
