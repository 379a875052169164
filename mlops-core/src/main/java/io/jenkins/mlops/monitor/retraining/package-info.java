/** Decisions on retraining and on rolling back: pure functions of policy, evidence, history and the time. */
package io.jenkins.mlops.monitor.retraining;
