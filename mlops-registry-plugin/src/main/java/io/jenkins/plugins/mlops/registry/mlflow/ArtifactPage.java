package io.jenkins.plugins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.ArtifactPath;
import io.jenkins.mlops.tracking.mlflow.MlflowException;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A run's artifact by {@code get-artifact?run_uuid=&path=}, as links in MLflow's pages have it. */
@Restricted(NoExternalUse.class) // an answer of the root action
public final class ArtifactPage implements HttpResponse {
    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        try {
            String run = text(request, "run_uuid");
            ArtifactRequests.send(
                    MlflowApi.server()
                            .artifacts()
                            .get(
                                    run.isEmpty() ? text(request, "run_id") : run,
                                    ArtifactPath.of(text(request, "path")),
                                    MlflowApi.access(request)),
                    request,
                    response);
        } catch (MlflowException x) {
            MlflowApi.refuse(response, x);
        } catch (RegistryException | IllegalArgumentException x) {
            MlflowApi.refuse(response, MlflowException.of(x));
        }
    }

    private static String text(StaplerRequest2 request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }
}
