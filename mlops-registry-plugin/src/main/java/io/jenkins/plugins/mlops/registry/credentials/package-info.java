/** The global credentials that settings of the registry name by their ids. */
package io.jenkins.plugins.mlops.registry.credentials;
