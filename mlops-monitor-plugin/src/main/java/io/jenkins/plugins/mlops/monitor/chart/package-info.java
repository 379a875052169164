/** Drawings of what monitors saw, made on the server. */
package io.jenkins.plugins.mlops.monitor.chart;
