/** Commands of the registry for Jenkins' command line. */
package io.jenkins.plugins.mlops.registry.cli;
