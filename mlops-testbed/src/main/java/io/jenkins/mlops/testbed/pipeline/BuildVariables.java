package io.jenkins.mlops.testbed.pipeline;

import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper;

/** What a script sees of its build. */
final class BuildVariables {
    private BuildVariables() {}

    static Map<String, Object> parameters(Run<?, ?> run) {
        Map<String, Object> values = new LinkedHashMap<>();
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
