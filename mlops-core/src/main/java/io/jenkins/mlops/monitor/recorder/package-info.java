/** Predictions that serving processes send, kept as logs of bounded size. */
package io.jenkins.mlops.monitor.recorder;
