/** Doubles of Jenkins' workflow-api: what can be attached to a node of a Pipeline. */
package org.jenkinsci.plugins.workflow.actions;
