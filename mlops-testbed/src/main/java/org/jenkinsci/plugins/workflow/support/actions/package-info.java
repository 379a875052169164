/** Doubles of Jenkins' workflow-support: what can be attached to a node. */
package org.jenkinsci.plugins.workflow.support.actions;
