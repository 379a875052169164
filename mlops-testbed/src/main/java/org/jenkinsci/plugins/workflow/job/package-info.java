/** Doubles of Jenkins' workflow-job: the Pipeline job and its builds. */
package org.jenkinsci.plugins.workflow.job;
