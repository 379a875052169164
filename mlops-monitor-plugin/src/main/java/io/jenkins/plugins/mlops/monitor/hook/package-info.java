/** Builds started by webhooks: the door that they come through, and what each kind tells. */
package io.jenkins.plugins.mlops.monitor.hook;
