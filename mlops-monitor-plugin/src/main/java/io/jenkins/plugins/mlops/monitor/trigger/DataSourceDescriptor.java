package io.jenkins.plugins.mlops.monitor.trigger;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;

/** Describes a {@link DataSource}. */
public abstract class DataSourceDescriptor extends Descriptor<DataSource> {
    /** Credentials of a type that the job can use, for those who may configure it. */
    static ListBoxModel credentials(
            @CheckForNull Item item, String current, Class<? extends StandardCredentials> type) {
        return SourceCredentials.offered(item, current, type);
    }
}
