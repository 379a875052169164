package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ChecksReportTest {
    private static final List<ChecksDetails> PUBLISHED = new CopyOnWriteArrayList<>();
    private static final String GIVEN = "evaluateModel metrics: [roc_auc: 0.91], rows: 50, ";

    /** Takes checks as a host of code does, and refuses those of one name. */
    @TestExtension
    public static final class Host extends ChecksPublisherFactory {
        @Override
        protected Optional<ChecksPublisher> createPublisher(Run<?, ?> run, TaskListener listener) {
            return Optional.of(new ChecksPublisher() {
                @Override
                public void publish(ChecksDetails details) {
                    if (details.getName().orElseThrow().equals("down")) {
                        throw new IllegalStateException("the host of the code does not answer");
                    }
                    PUBLISHED.add(details);
                }
            });
        }
    }

    @BeforeEach
    void forget() {
        PUBLISHED.clear();
    }

    private static WorkflowRun run(JenkinsRule j, Result result, String script) throws Exception {
        return j.buildAndAssertStatus(result, Pipelines.job(j, "checked", Pipelines.onNode(script)));
    }

    @Test
    void showsTheMetricsBesideTheChampions(JenkinsRule j) throws Exception {
        WorkflowRun run = run(j, Result.SUCCESS, Pipelines.MODEL + """
                evaluateModel metrics: [roc_auc: 0.8], rows: 50, skipPublishingChecks: true
                registerModel name: 'churn', path: 'model'
                promoteModel model: 'churn', alias: 'champion'
                evaluateModel metrics: [roc_auc: 0.91], rows: 50, model: 'churn', name: 'weekly',
                    gates: [threshold(metric: 'roc_auc', atLeast: 0.9)]
                """);

        assertThat(PUBLISHED).hasSize(1);
        ChecksDetails check = PUBLISHED.get(0);
        assertThat(check.getName()).contains("Model evaluation / weekly");
        assertThat(check.getStatus()).isEqualTo(ChecksStatus.COMPLETED);
        assertThat(check.getConclusion()).isEqualTo(ChecksConclusion.SUCCESS);
        assertThat(check.getDetailsURL().orElseThrow()).endsWith(run.getUrl() + "mlops/");
        assertThat(check.getOutput().orElseThrow().getTitle()).contains("Gates: PASS (1 passed)");
        assertThat(check.getOutput().orElseThrow().getText().orElseThrow())
                .contains("| `roc_auc` | 0.9100 |  | 0.8000 |")
                .contains("| PASS | `threshold(metric: 'roc_auc', atLeast: 0.9)` |");
        assertThat(j.createWebClient()
                        .goTo(run.getUrl() + "mlops/")
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void aFailedGateIsShownBeforeItEndsTheBuild(JenkinsRule j) throws Exception {
        run(j, Result.FAILURE, GIVEN + "gates: [threshold(metric: 'roc_auc', atLeast: 0.95)], checksName: 'ours'");

        assertThat(PUBLISHED).hasSize(1);
        assertThat(PUBLISHED.get(0).getName()).contains("ours");
        assertThat(PUBLISHED.get(0).getConclusion()).isEqualTo(ChecksConclusion.FAILURE);
    }

    @Test
    void anInconclusiveVerdictIsNeitherGoodNorBad(JenkinsRule j) throws Exception {
        run(j, Result.UNSTABLE, Pipelines.PREDICTIONS + """
                evaluateModel predictions: 'predictions.csv', label: 'label', score: 'score', id: 'id',
                    gates: [threshold(metric: 'accuracy', atLeast: 0.9, confidence: 0.95)]
                """);

        assertThat(PUBLISHED).extracting(ChecksDetails::getConclusion).containsExactly(ChecksConclusion.NEUTRAL);
        assertThat(PUBLISHED.get(0).getName()).contains("Model evaluation");
    }

    @Test
    void aHostThatDoesNotAnswerIsNoFailureOfTheBuild(JenkinsRule j) throws Exception {
        WorkflowRun run = run(j, Result.SUCCESS, GIVEN + "checksName: 'down'");

        j.assertLogContains("the evaluation stands, but it was not passed on", run);
        assertThat(PUBLISHED).isEmpty();
    }
}
