package io.jenkins.plugins.mlops.monitor.watch;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.bucket.BucketAccess;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.plugins.mlops.monitor.trigger.SourceCredentials;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import java.io.IOException;

/** Finds how the object store of a monitor's logs is reached, on the controller and anew for each look. */
final class LogStores {
    private LogStores() {}

    /**
     * The logs of a monitor in their store; null when they are in none.
     *
     * @param here whether the controller itself fetches them, which asks only whom the administrator allows; an agent
     *     may ask whom its builds may
     * @throws IOException if the store may not be asked, or the monitor's job can't use its credentials
     */
    @CheckForNull
    static StoredLogs of(MonitorRecord monitor, MonitorPlan plan, boolean here) throws IOException {
        if (plan.bucket() == null) {
            return null;
        }
        BucketAccess access = plan.bucketAccess();
        if (here) {
            RegistryConfiguration.get().allowedHosts().check(access.address());
        }
        String folder = Ledger.sha256(monitor.id());
        if (access.credentialsId().isEmpty()) {
            return new StoredLogs(folder, plan.logs(), access, "", "");
        }
        StandardUsernamePasswordCredentials found =
                SourceCredentials.userAndPassword(monitor.job(), access.credentialsId(), access.address());
        return new StoredLogs(
                folder,
                plan.logs(),
                access,
                found.getUsername(),
                found.getPassword().getPlainText());
    }
}
