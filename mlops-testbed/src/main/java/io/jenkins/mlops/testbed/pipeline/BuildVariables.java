package io.jenkins.mlops.testbed.pipeline;

import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper;

/** What a script sees of its build. */
final class BuildVariables {
    private BuildVariables() {}

    static Map<String, Object> parameters(Run<?, ?> run) {
        Map<String, Object> values = new LinkedHashMap<>();
        ParametersDefinitionProperty declared = run.getParent().getProperty(ParametersDefinitionProperty.class);
        if (declared != null) {
            for (ParameterDefinition definition : declared.getParameterDefinitions()) {
                ParameterValue byDefault = definition.getDefaultParameterValue();
                if (byDefault != null) {
                    values.put(byDefault.getName(), byDefault.getValue());
                }
            }
        }
        ParametersAction action = run.getAction(ParametersAction.class);
        if (action != null) {
            for (ParameterValue value : action.getParameters()) {
                values.put(value.getName(), value.getValue());
            }
        }
        return values;
    }

    static RunWrapper currentBuild(Run<?, ?> run) {
        return new RunWrapper(run, true);
    }
}
