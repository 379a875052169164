/** Pipeline steps of the machine-learning life cycle: options in, core called on the agent, outcome on the build. */
package io.jenkins.plugins.mlops.steps;
