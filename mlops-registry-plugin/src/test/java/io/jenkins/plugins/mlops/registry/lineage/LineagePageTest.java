package io.jenkins.plugins.mlops.registry.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class LineagePageTest {
    private static final String HOSTILE =
            "<script>alert(\"x\")</script> '</svg><img src=x onerror=alert(1)> &amp; \ud83d\ude80 " + "long".repeat(30);

    private JenkinsRule jenkins;
    private WorkflowRun build;

    @BeforeEach
    void build(JenkinsRule rule) throws Exception {
        jenkins = rule;
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "cancer");
        job.setDefinition(new CpsFlowDefinition("echo 'trained'", true));
        build = jenkins.buildAndAssertSuccess(job);
    }

    private JenkinsRule.WebClient client() {
        return jenkins.createWebClient().withJavaScriptEnabled(false);
    }

    private JsonNode json(String path) throws Exception {
        // A strict reader: NaN and a quote that is not escaped are errors.
        return new ObjectMapper()
                .readTree(jenkins.getJSON(build.getUrl() + path).getContentAsString());
    }

    private static void assertHarmless(HtmlPage page) {
        // Jenkins' own parts of a page carry style attributes; ours carry none
        assertThat(page.querySelectorAll("[onerror], img[src='x'], .mlops-page [onclick], .mlops-page [style],"
                        + " .mlops-summary [onclick], .mlops-summary [style]"))
                .isEmpty();
        assertThat(page.querySelectorAll(".mlops-page script, .mlops-page img, .mlops-summary script"))
                .isEmpty();
        assertThat(page.querySelectorAll("a[href^='javascript']")).isEmpty();
    }

    @Test
    void showsEverythingThatTheBuildRecorded() throws Exception {
        LineageFixture.record(build, "wdbc", "http://127.0.0.1:4231/");
        HtmlPage page = client().getPage(build, "mlops");
        assertThat(page.asNormalizedText())
                .contains("Evaluations", "Versions", "Runs", "Data")
                .contains("roc_auc", "0.9800", "0.9600 \u2013 0.9900", "delong")
                .contains("serves nothing now");
        assertThat(page.querySelectorAll("svg[role=img] > title")).isNotEmpty();
        assertThat(page.querySelectorAll("svg[role=img] polyline")).isNotEmpty();
        assertThat(page.querySelectorAll(".mlops-node")).hasSize(6);
        DomElement link = page.querySelector("a[href='http://127.0.0.1:4231/']");
        assertThat(link).isNotNull();
        assertThat(page.querySelectorAll("link[href$='/plugin/mlops-registry/css/mlops.css']"))
                .hasSize(1);
    }

    @Test
    void summarisesOnTheBuildsOwnPage() throws Exception {
        LineageFixture.record(build, "wdbc", "http://127.0.0.1:4231/");
        HtmlPage page = client().getPage(build);
        DomElement summary = page.querySelector(".mlops-summary");
        assertThat(summary.asNormalizedText())
                .contains("pass", "wdbc", "roc_auc 0.9800", "cancer", "applied", "http://127.0.0.1:4231/");
        assertThat(page.querySelectorAll(".mlops-summary a[href='mlops']")).hasSize(1);
    }

    @Test
    void escapesWhatUsersWrote() throws Exception {
        LineageFixture.record(build, HOSTILE, "javascript:alert(1)");
        for (HtmlPage page : new HtmlPage[] {
            client().getPage(build, "mlops"), client().getPage(build), client().getPage(build.getParent())
        }) {
            assertHarmless(page);
        }
        String html = client().getPage(build, "mlops").getWebResponse().getContentAsString();
        assertThat(html).contains("&lt;script").doesNotContain("<script>alert(", "<img src=x");
        JsonNode answer = json("mlops/api/json");
        assertThat(answer.at("/evaluations/0/name").asText()).isEqualTo(HOSTILE);
        assertThat(answer.at("/runs/0/params/0/name").asText()).isEqualTo(HOSTILE);
        assertThat(json("api/json?depth=1").toString()).contains("onerror");
    }

    @Test
    void answersTheRestApiWithoutNumbersThatJsonDoesNotKnow() throws Exception {
        LineageFixture.record(build, "wdbc", "http://127.0.0.1:4231/");
        JsonNode answer = json("mlops/api/json");
        assertThat(answer.at("/evaluations/0/metrics/0/value").asDouble()).isEqualTo(0.98);
        assertThat(answer.at("/evaluations/0/metrics/1/value").isNull()).isTrue();
        assertThat(answer.at("/evaluations/0/curves/0/thresholds/0").isNull()).isTrue();
        assertThat(answer.at("/evaluations/0/gates/0/evidence/0/value").isNull())
                .isTrue();
        assertThat(answer.at("/evaluations/0/confusion/counts/1/1").asDouble()).isEqualTo(53);
        assertThat(answer.at("/runs/0/series/0/points/1/value").isNull()).isTrue();
        assertThat(answer.at("/runs/0/series/0/points/2/value").asDouble()).isEqualTo(0.1);
        assertThat(answer.at("/datasets/0/columns/0/topValues/0/value").asDouble())
                .isEqualTo(12);
        assertThat(answer.at("/versions/0/files/0/path").asText()).isEqualTo("model.json");
        assertThat(answer.at("/endpoints/0/serving").asBoolean(true)).isFalse();
        assertThat(answer.at("/registryProblem").asText()).isEmpty();
    }

    @Test
    void tellsTheFirstStepWhereNothingIsRecorded() throws Exception {
        LineageAction.of(build);
        HtmlPage page = client().getPage(build, "mlops");
        assertThat(page.asNormalizedText()).contains("This build has recorded nothing about models yet", "trainModel");
        assertThat(page.querySelectorAll("svg.mlops-graph")).isEmpty();
    }

    @Test
    void showsTheHeadlineWhereADocumentIsGoneOrBroken() throws Exception {
        LineageFixture.record(build, "wdbc", "http://127.0.0.1:4231/");
        Path folder = build.getRootDir().toPath().resolve("mlops");
        Files.writeString(folder.resolve("evaluation-1.json"), "{\"report\": {\"task\": ");
        HtmlPage broken = client().getPage(build, "mlops");
        assertThat(broken.asNormalizedText()).contains("mlops/evaluation-1.json cannot be read", "0.9800");
        Files.delete(folder.resolve("evaluation-1.json"));
        HtmlPage gone = client().getPage(build, "mlops");
        assertThat(gone.asNormalizedText()).contains("mlops/evaluation-1.json is gone", "0.9800");
    }

    @Test
    void opensToWhoeverMayReadTheJobAndToNobodyElse() throws Exception {
        LineageFixture.record(build, "wdbc", "http://127.0.0.1:4231/");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(build.getParent())
                .to("reader"));
        JenkinsRule.WebClient reader = client().login("reader");
        assertThat(reader.getPage(build, "mlops").asNormalizedText()).contains("roc_auc");
        JenkinsRule.WebClient other = client().login("other");
        other.assertFails(build.getUrl() + "mlops/", HttpURLConnection.HTTP_NOT_FOUND);
        other.assertFails(build.getUrl() + "mlops/api/json", HttpURLConnection.HTTP_NOT_FOUND);
        other.assertFails(build.getParent().getUrl() + "mlops-trend/", HttpURLConnection.HTTP_NOT_FOUND);
    }
}
