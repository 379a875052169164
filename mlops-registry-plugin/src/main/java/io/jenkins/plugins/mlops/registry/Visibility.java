package io.jenkins.plugins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;

/** Decides what a reader may see: everything with Models/View, else what comes from jobs that the reader may read. */
public final class Visibility {
    private Visibility() {}

    /** Whether the present user may see all models. */
    public static boolean all() {
        return Jenkins.get().hasPermission(MlopsPermissions.VIEW);
    }

    /** Whether the present user may see this version. */
    public static boolean of(ModelVersion version) {
        return all() || readable(version.build());
    }

    /** Whether the present user may see this promotion: as the version that it promotes, or as who asked for it. */
    public static boolean of(Promotion promotion) {
        if (all() || Jenkins.get().hasPermission(MlopsPermissions.APPROVE) || readable(promotion.build())) {
            return true;
        }
        return of(RegistryConnection.get().registry().version(promotion.model(), promotion.version()));
    }

    /** The jobs whose versions the present user may see; null for all. */
    @CheckForNull
    public static Set<String> jobs(ModelCatalog catalog) {
        if (all()) {
            return null;
        }
        Set<String> jobs = new TreeSet<>(catalog.jobs());
        jobs.removeIf(job -> Jenkins.get().getItemByFullName(job, Job.class) == null);
        return jobs;
    }

    private static boolean readable(@CheckForNull BuildRef build) {
        // getItemByFullName answers null where the user may not read the job
        return build != null && Jenkins.get().getItemByFullName(build.job(), Job.class) != null;
    }
}
