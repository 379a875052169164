package io.jenkins.plugins.mlops.registry.rest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import io.jenkins.plugins.mlops.registry.mlflow.MlflowApi;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Jenkins' own remote API at {@code mlops/api/}, and MLflow's at {@code mlops/api/2.0/}. */
@Restricted(NoExternalUse.class) // bound to the URL
public final class MlopsApi extends Api {
    MlopsApi(MlopsRootAction bean) {
        super(bean);
    }

    /** MLflow's API by its version. */
    @CheckForNull
    public MlflowApi getDynamic(String version) {
        return version.equals("2.0") ? new MlflowApi() : null;
    }
}
