/** Doubles of Jenkins' workflow-api: a Pipeline's execution and who owns it. */
package org.jenkinsci.plugins.workflow.flow;
