/**
 * Experiments and runs in MLflow's terms: parameters, metric series, tags, dataset inputs and the environment.
 *
 * <p>{@link io.jenkins.mlops.tracking.EnvironmentCapture} and the records run on agents and use the JDK only.
 */
package io.jenkins.mlops.tracking;
