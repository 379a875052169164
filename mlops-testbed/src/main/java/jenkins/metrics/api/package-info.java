/** Double of the plugin metrics: what a plugin needs to offer metrics. */
package jenkins.metrics.api;
