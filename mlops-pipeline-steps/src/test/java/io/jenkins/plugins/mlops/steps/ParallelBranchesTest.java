package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationFact;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.registry.lineage.RunFact;
import io.jenkins.plugins.mlops.registry.lineage.VersionFact;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Branches that train, evaluate and register at once keep what is theirs apart. */
@WithJenkins
class ParallelBranchesTest {
    /** Each branch goes on only when the other one has come as far, so that both are always in the same step. */
    private static final String BRANCH = """
            %1$s: {
              trainModel(name: '%1$s', experiment: 'e') { writeFile file: 'm-%1$s/w.txt', text: '%1$s' }
              sh 'touch trained-%1$s; until [ -e trained-%2$s ]; do sleep 0.05; done'
              evaluateModel metrics: [auc: 0.9], name: '%1$s'
              sh 'touch evaluated-%1$s; until [ -e evaluated-%2$s ]; do sleep 0.05; done'
              registerModel name: '%1$s', path: 'm-%1$s'
            }
            """;

    private static String branch(String name, String other) {
        return String.format(BRANCH, name, other).strip();
    }

    @Test
    void eachBranchKnowsItsOwnRunAndEvaluation(JenkinsRule j) throws Exception {
        WorkflowRun build = j.buildAndAssertSuccess(Pipelines.job(
                j,
                "branches",
                Pipelines.onNode("parallel " + branch("a", "b") + ",\n" + branch("b", "a")
                        + "\nevaluateModel metrics: [auc: 0.8], name: 'after'\n")));

        LineageAction lineage = LineageAction.of(build);
        Map<String, String> runs =
                lineage.getRuns().stream().collect(Collectors.toMap(RunFact::getName, RunFact::getId));
        Map<String, EvaluationFact> evaluations =
                lineage.getEvaluations().stream().collect(Collectors.toMap(EvaluationFact::getName, fact -> fact));
        for (String branch : runs.keySet()) {
            VersionFact version = lineage.getVersions().stream()
                    .filter(fact -> fact.getModel().equals(branch))
                    .findFirst()
                    .orElseThrow();
            assertThat(evaluations.get(branch).getRunId()).isEqualTo(runs.get(branch));
            assertThat(version.getRunId()).isEqualTo(runs.get(branch));
            assertThat(version.getEvaluationId())
                    .isEqualTo(evaluations.get(branch).getId());
            assertThat(RegistryConnection.get().registry().version(branch, 1).runId())
                    .isEqualTo(runs.get(branch));
        }
        assertThat(runs).containsOnlyKeys("a", "b");
        // After the branches have joined, the last run of the build is the last one before the step.
        assertThat(evaluations.get("after").getRunId())
                .isEqualTo(lineage.getRuns().get(1).getId());
    }

    @Test
    void anEvaluationInsideABlockIsOfThatBlocksRun(JenkinsRule j) throws Exception {
        WorkflowRun build = j.buildAndAssertSuccess(Pipelines.job(
                j,
                "inside",
                Pipelines.onNode("trainModel(name: 'outer') { trainModel(name: 'inner') { echo 'training' }\n"
                        + "evaluateModel metrics: [auc: 0.9] }")));

        LineageAction lineage = LineageAction.of(build);
        assertThat(lineage.getEvaluations())
                .singleElement()
                .satisfies(fact -> assertThat(fact.getRunId())
                        .isEqualTo(lineage.getRuns().get(0).getId()));
        assertThat(lineage.getRuns().get(0).getName()).isEqualTo("outer");
    }
}
