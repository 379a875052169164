/**
 * Served models: endpoints, the targets that serve them, health and smoke checks, and rollouts.
 *
 * <p>An <em>endpoint</em> is a name under which clients find a model. A <em>target</em> serves it: a process on an
 * agent's machine ({@link io.jenkins.mlops.serving.ProcessTarget}) or an existing service with a deploy hook
 * ({@link io.jenkins.mlops.serving.HttpTarget}). A {@linkplain io.jenkins.mlops.serving.Rollout rollout} takes the
 * endpoint from the version that serves to a new one, and back when the new one isn't healthy.
 *
 * <h2>The address of an endpoint with the target {@code process}</h2>
 *
 * <p>In both modes a new version is first started on a free port and must pass the health window and the smoke request
 * there, while the version before goes on serving.
 *
 * <ul>
 *   <li><b>No port given.</b> The checked process is the one that serves. The switch is one atomic rename of
 *       {@code <stateDirectory>/<endpoint>/current.json}, which holds the endpoint's URL; the URL changes with every
 *       version, so clients read it from that file or from the registry. The version before stays up until the watch
 *       window has passed: switch and rollback cost no downtime.
 *   <li><b>A port given.</b> The URL never changes. The switch stops the version before and starts the new one on the
 *       port: a gap as long as the start of the new process. A rollback starts the version before again, from the
 *       command and the files kept with its release.
 * </ul>
 *
 * <p>What runs on agents uses the JDK only. JSON that comes from an endpoint is judged on the controller
 * ({@link io.jenkins.mlops.serving.SmokeJudge}).
 */
package io.jenkins.mlops.serving;
