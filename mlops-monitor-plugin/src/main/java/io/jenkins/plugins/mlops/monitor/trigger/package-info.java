/** Builds started by changed data: the sources that are watched, and how a change becomes a build. */
package io.jenkins.plugins.mlops.monitor.trigger;
