/** Looks at prediction logs in the background, on the agents that have them, and keeps what was seen. */
package io.jenkins.plugins.mlops.monitor.watch;
