/** Doubles of Jenkins' workflow-cps: a Pipeline as a script. */
package org.jenkinsci.plugins.workflow.cps;
