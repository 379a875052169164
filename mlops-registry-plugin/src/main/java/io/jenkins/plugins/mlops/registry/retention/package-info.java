/** Deletes versions that never served, by the administrator's rules. */
package io.jenkins.plugins.mlops.registry.retention;
