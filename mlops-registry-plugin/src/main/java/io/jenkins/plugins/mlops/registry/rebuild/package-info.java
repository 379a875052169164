/** Rebuilds the registry from what builds have on record. */
package io.jenkins.plugins.mlops.registry.rebuild;
