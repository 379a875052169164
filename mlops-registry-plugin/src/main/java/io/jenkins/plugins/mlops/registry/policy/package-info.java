/** Promotion policies as forms, configuration as code and REST set them. */
package io.jenkins.plugins.mlops.registry.policy;
