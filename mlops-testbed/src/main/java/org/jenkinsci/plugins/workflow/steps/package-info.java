/** Doubles of Jenkins' workflow-step-api: what a step says of itself and how it runs. */
package org.jenkinsci.plugins.workflow.steps;
