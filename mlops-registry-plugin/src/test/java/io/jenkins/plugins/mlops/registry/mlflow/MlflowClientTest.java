package io.jenkins.plugins.mlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.RunsPage;

/** MLflow's official Java client, unmodified, through the life of experiments and runs. */
@WithJenkins
class MlflowClientTest {
    private MlflowClient client;

    @BeforeEach
    void logIn(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, MlopsPermissions.VIEW, MlopsPermissions.REGISTER)
                .everywhere()
                .to("ann")
                .grant(Jenkins.READ)
                .everywhere()
                .to("bob"));
        client = Clients.of(j, "ann");
    }

    @Test
    void experiments() {
        String id = client.createExperiment("iris");
        client.setExperimentTag(id, "team", "blue");

        Experiment experiment = client.getExperiment(id);
        assertThat(experiment.getName()).isEqualTo("iris");
        assertThat(experiment.getLifecycleStage()).isEqualTo("active");
        assertThat(experiment.getArtifactLocation()).isEqualTo("mlflow-artifacts:/" + id);
        assertThat(experiment.getCreationTime()).isPositive();
        assertThat(experiment.getTagsList()).anyMatch(tag -> tag.getKey().equals("team"));
        assertThat(client.getExperimentByName("iris")).contains(experiment);
        assertThat(client.getExperimentByName("tulips")).isEmpty();
        assertThatThrownBy(() -> client.createExperiment("iris"))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("RESOURCE_ALREADY_EXISTS")
                .hasMessageContaining("400");

        client.renameExperiment(id, "irises");
        assertThat(client.getExperiment(id).getName()).isEqualTo("irises");
        assertThat(client.searchExperiments("name ILIKE 'IRIS%' AND tags.team = 'blue'")
                        .getItems())
                .extracting(Experiment::getExperimentId)
                .containsExactly(id);
        client.deleteExperiment(id);
        assertThat(client.getExperiment(id).getLifecycleStage()).isEqualTo("deleted");
        assertThat(client.searchExperiments().getItems())
                .extracting(Experiment::getName)
                .containsExactly("Default");
        client.restoreExperiment(id);
        assertThat(client.searchExperiments().getItems())
                .extracting(Experiment::getName)
                .contains("Default", "irises");
    }

    @Test
    void theLifeOfARun() {
        String experiment = client.createExperiment("life");
        RunInfo info = client.createRun(experiment);
        assertThat(info.getStatus()).isEqualTo(RunStatus.RUNNING);
        assertThat(info.getArtifactUri())
                .isEqualTo("mlflow-artifacts:/" + experiment + "/" + info.getRunId() + "/artifacts");
        String id = info.getRunId();

        client.logParam(id, "lr", "0.1");
        client.logParam(id, "lr", "0.1");
        assertThatThrownBy(() -> client.logParam(id, "lr", "0.2")).hasMessageContaining("INVALID_PARAMETER_VALUE");
        client.logMetric(id, "loss", 0.5, 1_000, 1);
        client.logMetric(id, "loss", 0.25, 2_000, 2);
        client.logMetric(id, "odd", Double.NaN, 2_000, 0);
        client.setTag(id, "mlflow.runName", "first");
        client.setTag(id, "stage", "dev");
        client.setTag(id, "gone", "x");
        client.deleteTag(id, "gone");
        assertThatThrownBy(() -> client.deleteTag(id, "gone")).hasMessageContaining("404");
        client.logBatch(
                id,
                IntStream.range(0, 100)
                        .mapToObj(step -> Metric.newBuilder()
                                .setKey("auc")
                                .setValue(step / 100.0)
                                .setTimestamp(step)
                                .setStep(step)
                                .build())
                        .collect(Collectors.toList()),
                List.of(Param.newBuilder().setKey("depth").setValue("4").build()),
                List.of(RunTag.newBuilder().setKey("batch").setValue("yes").build()));
        client.setTerminated(id, RunStatus.FINISHED, info.getStartTime() + 5);

        Run run = client.getRun(id);
        assertThat(run.getInfo().getRunName()).isEqualTo("first");
        assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.getInfo().getEndTime()).isEqualTo(info.getStartTime() + 5);
        assertThat(params(run)).containsExactlyInAnyOrderEntriesOf(Map.of("lr", "0.1", "depth", "4"));
        assertThat(tags(run)).containsEntry("stage", "dev").containsEntry("mlflow.runName", "first");
        assertThat(run.getData().getMetricsList())
                .extracting(Metric::getKey, Metric::getValue, Metric::getStep)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("loss", 0.25, 2L),
                        org.assertj.core.groups.Tuple.tuple("auc", 0.99, 99L),
                        org.assertj.core.groups.Tuple.tuple("odd", Double.NaN, 0L));
        assertThat(client.getMetricHistory(id, "auc")).hasSize(100);
        assertThat(client.getMetricHistory(id, "loss"))
                .extracting(Metric::getValue)
                .containsExactly(0.5, 0.25);

        client.deleteRun(id);
        assertThat(client.getRun(id).getInfo().getLifecycleStage()).isEqualTo("deleted");
        assertThatThrownBy(() -> client.logMetric(id, "late", 1)).hasMessageContaining("must be in the 'active' state");
        client.restoreRun(id);
        assertThat(client.getRun(id).getInfo().getLifecycleStage()).isEqualTo("active");
    }

    @Test
    void searchesPageByPage() {
        String experiment = client.createExperiment("search");
        for (int i = 0; i < 5; i++) {
            String id = client.createRun(experiment).getRunId();
            client.logMetric(id, "auc", i / 10.0);
            client.logParam(id, "kind", i % 2 == 0 ? "even" : "odd");
        }
        List<String> where = List.of(experiment);
        RunsPage first =
                client.searchRuns(where, "params.kind = 'even'", ViewType.ACTIVE_ONLY, 2, List.of("metrics.auc DESC"));
        assertThat(first.getItems()).extracting(MlflowClientTest::auc).containsExactly(0.4, 0.2);
        assertThat(first.hasNextPage()).isTrue();
        assertThat(first.getNextPage().getItems())
                .extracting(MlflowClientTest::auc)
                .containsExactly(0.0);
        String token = first.getNextPageToken().orElseThrow();
        assertThatThrownBy(() -> client.searchRuns(
                        where, "params.kind = 'odd'", ViewType.ACTIVE_ONLY, 2, List.of("metrics.auc DESC"), token))
                .hasMessageContaining("another query");
        assertThat(client.searchRuns(where, "metrics.auc > 0.25", ViewType.ALL, 10)
                        .getItems())
                .hasSize(2);
        assertThatThrownBy(() ->
                        client.searchRuns(where, "metrics.auc > 0.1 OR 1=1; DROP TABLE mlops_run", ViewType.ALL, 10))
                .hasMessageContaining("INVALID_PARAMETER_VALUE")
                .hasMessageContaining("at character");
    }

    @Test
    void withoutTheRightNothingIsLogged(JenkinsRule j) {
        MlflowClient bob = Clients.of(j, "bob");
        assertThatThrownBy(() -> bob.createExperiment("mine"))
                .hasMessageContaining("403")
                .hasMessageContaining("PERMISSION_DENIED");
        assertThatThrownBy(() -> bob.createRun("0")).hasMessageContaining("PERMISSION_DENIED");
        String id = client.createRun("0").getRunId();
        assertThatThrownBy(() -> bob.getRun(id)).hasMessageContaining("RESOURCE_DOES_NOT_EXIST");
    }

    private static double auc(Run run) {
        return run.getData().getMetrics(0).getValue();
    }

    private static Map<String, String> params(Run run) {
        return run.getData().getParamsList().stream().collect(Collectors.toMap(Param::getKey, Param::getValue));
    }

    private static Map<String, String> tags(Run run) {
        return run.getData().getTagsList().stream().collect(Collectors.toMap(RunTag::getKey, RunTag::getValue));
    }
}
