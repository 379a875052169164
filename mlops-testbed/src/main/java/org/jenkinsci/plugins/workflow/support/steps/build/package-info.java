/** Doubles of Jenkins' workflow-support: builds as a Jenkinsfile sees them. */
package org.jenkinsci.plugins.workflow.support.steps.build;
