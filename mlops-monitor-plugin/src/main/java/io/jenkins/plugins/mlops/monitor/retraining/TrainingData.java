package io.jenkins.plugins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.plan.MonitorRules;
import io.jenkins.plugins.mlops.registry.lineage.DatasetFact;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/** What a retraining trains on, by its digest. */
final class TrainingData {
    private static final int MOST_BUILDS = 50;

    private TrainingData() {}

    /**
     * The digest of the newest snapshot of the dataset that the monitor names; else of the rows of the window that asks.
     *
     * @param window the window; null when it isn't known
     * @return empty when there is neither
     */
    static String digest(MonitorRecord monitor, MonitorRules rules, @CheckForNull WindowRecord window) {
        if (!rules.dataset().isEmpty()) {
            return snapshot(monitor.job(), rules);
        }
        return window == null ? "" : window.result().digest();
    }

    /** As whom the retraining job runs decides what it may know of the other. */
    private static String snapshot(String retrains, MonitorRules rules) {
        Job<?, ?> asking = Jenkins.get().getItemByFullName(retrains, Job.class);
        if (asking == null) {
            return "";
        }
        Job<?, ?> recording = asking;
        if (!rules.datasetJob().isEmpty()) {
            try (ACLContext ignored = ACL.as2(
                    asking instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : Jenkins.ANONYMOUS2)) {
                recording = Jenkins.get().getItemByFullName(rules.datasetJob(), Job.class);
            }
        }
        Run<?, ?> run = recording == null ? null : recording.getLastBuild();
        for (int seen = 0; run != null && seen < MOST_BUILDS; run = run.getPreviousBuild(), seen++) {
            Result result = run.getResult();
            LineageAction lineage = run.getAction(LineageAction.class);
            if (run.isBuilding() || result == null || result.isWorseThan(Result.UNSTABLE) || lineage == null) {
                continue;
            }
            List<DatasetFact> facts = lineage.getDatasets();
            for (int i = facts.size() - 1; i >= 0; i--) {
                if (facts.get(i).getName().equals(rules.dataset())) {
                    return facts.get(i).getDigest();
                }
            }
        }
        return "";
    }

    /**
     * The parameters of a retraining's build: the job's own, those named as the variables filled in.
     *
     * @return null for a job without parameters
     */
    @CheckForNull
    static ParametersAction parameters(Job<?, ?> job, RetrainingCause cause) {
        ParametersDefinitionProperty property = job.getProperty(ParametersDefinitionProperty.class);
        if (property == null) {
            return null;
        }
        Map<String, String> variables = RetrainingVariables.of(cause);
        List<ParameterValue> values = new ArrayList<>();
        for (ParameterDefinition definition : property.getParameterDefinitions()) {
            String value = variables.get(definition.getName());
            ParameterValue given = value != null && definition instanceof StringParameterDefinition
                    ? new StringParameterValue(definition.getName(), value)
                    : definition.getDefaultParameterValue();
            if (given != null) {
                values.add(given);
            }
        }
        return new ParametersAction(values);
    }
}
