/**
 * Jenkins as an MLflow server, below {@code <jenkins>/mlops/api/2.0/}: the web side of
 * {@link io.jenkins.mlops.tracking.mlflow}, and who may do what there.
 */
package io.jenkins.plugins.mlops.registry.mlflow;
