/** Endpoints watched in production: their health, an alarm for administrators, a page for everyone who may see them. */
package io.jenkins.plugins.mlops.monitor;
