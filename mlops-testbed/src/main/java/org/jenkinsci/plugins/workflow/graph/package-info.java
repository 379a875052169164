/** Doubles of Jenkins' workflow-api: the steps and blocks that a Pipeline has run, as nodes. */
package org.jenkinsci.plugins.workflow.graph;
