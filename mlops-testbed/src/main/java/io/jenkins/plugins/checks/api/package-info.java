/** Double of the plugin checks-api: what a plugin needs to publish a check. */
package io.jenkins.plugins.checks.api;
