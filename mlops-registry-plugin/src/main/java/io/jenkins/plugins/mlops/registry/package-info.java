/** The registry as a Jenkins plugin: the open database, its settings, its permissions. */
package io.jenkins.plugins.mlops.registry;
