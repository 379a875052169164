package io.jenkins.plugins.mlops.steps;

import hudson.AbortException;
import io.jenkins.mlops.comparison.ComparisonText;
import io.jenkins.mlops.comparison.VersionComparison;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.lineage.ComparedVersions;
import io.jenkins.plugins.mlops.registry.lineage.VersionFact;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs {@code compareModels}: reads, prints and returns; nothing is changed. */
final class CompareModelsExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    private final CompareModelsStep step;

    CompareModelsExecution(StepContext context, CompareModelsStep step) {
        super(context);
        this.step = step;
    }

    @Override
    void work() throws Exception {
        String model = ModelName.check(step.getName());
        ModelVersion from = VersionChoice.named(registry().registry(), model, step.from());
        String given = step.to();
        ModelVersion to = VersionChoice.named(registry().registry(), model, given == null ? ownVersion(model) : given);
        VersionComparison comparison = ComparedVersions.compare(from, to);
        PrintStream log = listener().getLogger();
        ComparisonText.lines(comparison).forEach(line -> log.println("[mlops] " + line));
        getContext().onSuccess(ModelComparison.of(comparison));
    }

    private String ownVersion(String model) throws IOException, InterruptedException {
        List<VersionFact> registered = lineage().getVersions().stream()
                .filter(version -> version.getModel().equals(model))
                .toList();
        if (registered.isEmpty()) {
            throw new AbortException("compareModels: expected a version of '" + model
                    + "', found none registered by this build. Call registerModel first, or state to: N.");
        }
        return String.valueOf(registered.get(registered.size() - 1).getNumber());
    }

    @Override
    public String getStatus() {
        return "comparing versions of " + step.getName();
    }
}
