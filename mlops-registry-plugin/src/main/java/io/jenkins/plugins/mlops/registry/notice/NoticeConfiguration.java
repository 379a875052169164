package io.jenkins.plugins.mlops.registry.notice;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The administrator's settings of who is told about promotions. */
@Extension
@Symbol("mlopsNotices")
public final class NoticeConfiguration extends GlobalConfiguration {
    private List<PromotionNotifier> notifiers = new ArrayList<>();

    public NoticeConfiguration() {
        load();
    }

    public static NoticeConfiguration get() {
        return ExtensionList.lookupSingleton(NoticeConfiguration.class);
    }

    /** Those that can be shown and used: not one whose plugin is gone, which is kept until it comes back. */
    public List<PromotionNotifier> getNotifiers() {
        return notifiers == null
                ? List.of()
                : notifiers.stream()
                        .filter(notifier -> Jenkins.get().getDescriptor(notifier.getClass()) != null)
                        .toList();
    }

    @DataBoundSetter
    public void setNotifiers(@CheckForNull List<PromotionNotifier> notifiers) {
        this.notifiers = notifiers == null ? new ArrayList<>() : new ArrayList<>(notifiers);
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        if (!form.has("notifiers")) {
            // A list that was emptied is not sent.
            setNotifiers(null);
        }
        return super.configure(request, form);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.NoticeConfiguration_displayName();
    }
}
