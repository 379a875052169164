package io.jenkins.plugins.mlops.registry.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import jenkins.model.RunAction2;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class ModelTrendActionTest {
    /** Builds that the thread of the test read from disk; what Jenkins itself loads meanwhile is its own affair. */
    private static final ThreadLocal<Integer> LOADED = ThreadLocal.withInitial(() -> 0);

    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    /** Counts the builds that are read from disk. */
    public static final class Counter extends InvisibleAction implements RunAction2 {
        @Override
        public void onAttached(Run<?, ?> run) {}

        @Override
        public void onLoad(Run<?, ?> run) {
            LOADED.set(LOADED.get() + 1);
        }
    }

    private static WorkflowJob job(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "cancer");
        job.setDefinition(new CpsFlowDefinition("echo 'trained'", true));
        return job;
    }

    private static void build(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        run.addAction(new Counter());
        run.save();
        LineageFixture.trend(
                RegistryConnection.get().registry(),
                new BuildRef(job.getFullName(), run.getNumber(), null, null),
                0.9 + run.getNumber() / 100.0);
    }

    @Test
    void readsNoBuild() throws Throwable {
        session.then(jenkins -> {
            WorkflowJob job = job(jenkins);
            for (int i = 0; i < 3; i++) {
                build(jenkins, job);
            }
        });
        session.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("cancer", WorkflowJob.class);
            int before = LOADED.get();
            ModelTrendAction trend =
                    new ModelTrendAction(job, () -> RegistryConnection.get().registry());
            assertThat(trend.getIconFileName()).isNotNull();
            assertThat(trend.getTrends()).hasSize(1);
            assertThat(trend.getTrends().get(0).getPoints())
                    .extracting(MetricTrend.Point::getBuild)
                    .containsExactly(1, 2, 3);
            assertThat(trend.getShortTrends()
                            .get(0)
                            .getChart()
                            .getSeries()
                            .get(0)
                            .getMarkers())
                    .hasSize(3);
            assertThat(trend.getTable().getRows()).allMatch(ModelTrendAction.Row::isKept);
            assertThat(LOADED.get()).isEqualTo(before);
        });
    }

    @Test
    void showsChartsOnTheJobAndATableOfItsOwn() throws Throwable {
        session.then(jenkins -> {
            WorkflowJob job = job(jenkins);
            for (int i = 0; i < 3; i++) {
                build(jenkins, job);
            }
            job.getBuildByNumber(2).delete();
            JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
            HtmlPage page = client.getPage(job);
            assertThat(page.querySelectorAll(".mlops-page svg.mlops-chart")).hasSize(1);
            assertThat(page.querySelectorAll(".mlops-page a[href='mlops-trend']"))
                    .isNotEmpty();
            HtmlPage own = client.getPage(job, "mlops-trend");
            assertThat(own.asNormalizedText()).contains("roc_auc", "0.9100", "0.9200", "0.9300");
            assertThat(own.querySelectorAll("a[href='../3/mlops/']")).hasSize(1);
            assertThat(own.querySelectorAll("a[href='../2/mlops/']")).isEmpty();
            JsonNode answer = new ObjectMapper()
                    .readTree(jenkins.getJSON(job.getUrl() + "mlops-trend/api/json")
                            .getContentAsString());
            assertThat(answer.at("/metrics/0/name").asText()).isEqualTo("roc_auc");
            assertThat(answer.at("/metrics/0/points/2/build").asInt()).isEqualTo(3);
        });
    }

    @Test
    void showsNothingWhereThereIsNothing() throws Throwable {
        session.then(jenkins -> {
            WorkflowJob job = job(jenkins);
            JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
            assertThat(client.getPage(job).querySelectorAll(".mlops-page, a[href*='mlops-trend']"))
                    .isEmpty();
            LineageFixture.trend(RegistryConnection.get().registry(), new BuildRef("another", 1, null, null), 0.9);
            assertThat(client.getPage(job).querySelectorAll(".mlops-page, a[href*='mlops-trend']"))
                    .isEmpty();
            assertThat(client.getPage(job, "mlops-trend").asNormalizedText())
                    .contains("No build of this job has a headline metric yet");
        });
    }
}
