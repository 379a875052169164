/** The MLflow server that follows the registry: its settings, the work in the background, the webhook's door. */
package io.jenkins.plugins.mlops.registry.remote;
