/** What follows an alarm: retrainings that are claimed, built and measured, and suggestions that people decide on. */
package io.jenkins.plugins.mlops.monitor.retraining;
