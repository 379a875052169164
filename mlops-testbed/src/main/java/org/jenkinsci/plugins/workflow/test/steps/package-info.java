/** Doubles of the test steps of Jenkins' workflow-support. */
package org.jenkinsci.plugins.workflow.test.steps;
