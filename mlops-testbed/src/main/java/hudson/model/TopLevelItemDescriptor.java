package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import jenkins.model.Jenkins;

/** The descriptor of a kind of job. */
public abstract class TopLevelItemDescriptor extends Descriptor<TopLevelItem> {
    protected TopLevelItemDescriptor(Class<? extends TopLevelItem> clazz) {
        super(clazz);
    }

    protected TopLevelItemDescriptor() {}

    @NonNull
    @Override
    public String getDisplayName() {
        return super.getDisplayName();
    }

    /** Makes a new item; the caller registers it. */
    public abstract TopLevelItem newInstance(ItemGroup parent, String name);

    public static ExtensionList<TopLevelItemDescriptor> all() {
        return Jenkins.get().getExtensionList(TopLevelItemDescriptor.class);
    }
}
