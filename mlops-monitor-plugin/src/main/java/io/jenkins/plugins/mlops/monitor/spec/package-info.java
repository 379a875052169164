/** Monitors as people set them up: by a step, at a job, as code. */
package io.jenkins.plugins.mlops.monitor.spec;
