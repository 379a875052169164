package io.jenkins.plugins.mlops.steps.serving;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.serving.HealthCheck;
import java.util.Optional;

/**
 * One version on its way to an endpoint: what a target needs to serve it.
 *
 * @param endpoint the endpoint's name
 * @param id id of the release, the same when the step is run again after a restart
 * @param version the version to serve
 * @param check how its health is found out
 * @param serving what the endpoint serves now, as the registry has it
 * @param build the build that deploys
 * @param workspace its workspace; null for a target that needs no machine, outside node
 * @param node the machine that the workspace is on; null as well
 * @param listener the build's log
 */
public record Release(
        String endpoint,
        String id,
        ModelVersion version,
        HealthCheck check,
        Optional<Deployment> serving,
        Run<?, ?> build,
        @CheckForNull FilePath workspace,
        @CheckForNull Node node,
        TaskListener listener) {}
