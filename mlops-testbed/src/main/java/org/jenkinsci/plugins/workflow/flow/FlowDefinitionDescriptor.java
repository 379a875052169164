package org.jenkinsci.plugins.workflow.flow;

import hudson.model.Descriptor;

/** The kind of a {@link FlowDefinition}. */
public abstract class FlowDefinitionDescriptor extends Descriptor<FlowDefinition> {}
