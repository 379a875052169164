package io.jenkins.plugins.mlops.registry.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.net.HttpURLConnection;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The comparison, the way down from a digest, and the policy. */
@WithJenkins
class MorePagesTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void users(JenkinsRule rule) throws Exception {
        jenkins = rule;
        WorkflowJob open = jenkins.createProject(WorkflowJob.class, "open");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, MlopsPermissions.VIEW)
                .everywhere()
                .to("viewer")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Item.READ)
                .onItems(open)
                .to("reader"));
    }

    private JenkinsRule.WebClient as(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).login(user);
    }

    @Test
    void comparesWithIntervalsCurvesAndOrigins() throws Exception {
        PagesFixture.version("churn", "open", 1, 0.90);
        PagesFixture.version("churn", "open", 2, 0.96);
        HtmlPage page = as("viewer").goTo("mlops/model/churn/compare/?from=1&to=2");
        assertThat(page.asNormalizedText())
                .contains("+0.0600", "+0.0350 \u2026 +0.0850", "\u25b2 better")
                .contains("Both were made from the same data.", "Both were made from the same commit.")
                .contains("trees\t100\t200", "1 is the same");
        assertThat(page.querySelectorAll(
                        "svg.mlops-chart .mlops-line--1 polyline, svg.mlops-chart .mlops-line--2 polyline"))
                .hasSize(2);
        HtmlPage turned = page.getAnchorByText("Turn round").click();
        assertThat(turned.asNormalizedText()).contains("\u22120.0600", "\u25bc worse");
    }

    @Test
    void comparesWithTheChampionUnlessToldOtherwise() throws Exception {
        ModelVersion first = PagesFixture.version("churn", "open", 1, 0.90);
        PagesFixture.version("churn", "open", 2, 0.905);
        assertThat(as("viewer").goTo("mlops/model/churn/compare/").asNormalizedText())
                .contains("Choose two versions");
        PagesFixture.request(first, "champion", "");
        HtmlPage page = as("viewer").goTo("mlops/model/churn/compare/");
        assertThat(page.asNormalizedText()).contains("+0.0050", "\u2248 no clear difference");
        assertThat(as("viewer").goTo("mlops/model/churn/compare/?from=7&to=2").asNormalizedText())
                .contains("There is no version 7 that you may see.");
        as("viewer").assertFails("mlops/model/churn/compare/?from=x&to=2", HttpURLConnection.HTTP_NOT_FOUND);
    }

    @Test
    void comparesNothingThatTheReaderMayNotSee() throws Exception {
        PagesFixture.version("churn", "open", 1, 0.90);
        PagesFixture.version("churn", "secret", 2, 0.96);
        HtmlPage page = as("reader").goTo("mlops/model/churn/compare/?from=1&to=2");
        assertThat(page.asNormalizedText())
                .contains("There is no version 2 that you may see.")
                .doesNotContain("0.9600");
        assertThat(page.querySelectorAll("option[value='2']")).isEmpty();
    }

    @Test
    void followsADigestToWhatServes() throws Exception {
        ModelVersion seen = PagesFixture.version("churn", "open", 1, 0.93);
        ModelVersion hidden = PagesFixture.version("payroll", "secret", 2, 0.95);
        PagesFixture.serve(seen, "churn-eu", null);
        PagesFixture.serve(hidden, "payroll-eu", null);
        HtmlPage all = as("viewer").goTo("mlops/digest/?value=" + PagesFixture.DATA);
        assertThat(all.asNormalizedText())
                .contains(
                        "2 versions of 2 models; 2 endpoints serve them now.", "was made from this data", "payroll-eu");
        HtmlPage mine = as("reader").goTo("mlops/digest/?value=" + PagesFixture.DATA);
        assertThat(mine.asNormalizedText())
                .contains("1 version of 1 model; 1 endpoint serves them now.", "churn-eu")
                .doesNotContain("payroll");
        String file = seen.files().get(0).sha256();
        assertThat(as("viewer").goTo("mlops/digest/?value=" + file).asNormalizedText())
                .contains("has the file model.json", "churn v1");
        assertThat(as("viewer").goTo("mlops/digest/?value=" + seen.digest()).asNormalizedText())
                .contains("is this version");
        assertThat(as("viewer")
                        .goTo("mlops/digest/?value=sha256:" + "0".repeat(64))
                        .asNormalizedText())
                .contains("No version of no model");
        assertThat(as("viewer").goTo("mlops/digest/?value=%3Cb%3E").querySelectorAll("[role=alert]"))
                .hasSize(1);
        assertThat(as("viewer").goTo("mlops/digest/").asNormalizedText()).contains("What came from it?");
    }

    @Test
    void changesAPolicyAndSaysWhatIsWrongWithIt() throws Exception {
        PagesFixture.version("churn", "open", 1, 0.93);
        JenkinsRule.WebClient admin = as("admin");
        HtmlForm form = admin.goTo("mlops/model/churn/policy/").getFormByName("policy");
        form.getInputByName("approvals").setValue("2 of and");
        form.getTextAreaByName("gates")
                .setText("[{\"gate\": \"threshold\", \"metric\": \"roc_auc\", \"atLeast\": 0.9}]");
        form.getInputByName("separationOfDuties").setChecked(false);
        HtmlPage refused = ((HtmlElement) form.querySelector("button[type=submit]")).click();
        assertThat(refused.querySelectorAll("[role=alert]")).hasSize(1);
        HtmlForm again = refused.getFormByName("policy");
        assertThat(again.getTextAreaByName("gates").getText()).contains("roc_auc");
        assertThat(again.getInputByName("separationOfDuties").isChecked()).isFalse();
        again.getInputByName("approvals").setValue("2 of anyone");
        HtmlPage saved = ((HtmlElement) again.querySelector("button[type=submit]")).click();
        assertThat(saved.asNormalizedText())
                .contains(
                        "threshold(metric: 'roc_auc'",
                        "Approvals needed: 2 of anyone.",
                        "may approve it, too",
                        "admin");
        assertThat(PagesFixture.registry().policy("churn").separationOfDuties()).isFalse();
        assertThat(as("viewer").goTo("mlops/model/churn/policy/").querySelectorAll("form[name=policy]"))
                .isEmpty();
        as("reader").assertFails("mlops/model/churn/policy/", HttpURLConnection.HTTP_NOT_FOUND);
    }

    @Test
    void saysThatAnAliasPointsAtWhatItsEndpointTookBack() throws Exception {
        ModelVersion good = PagesFixture.version("churn", "open", 1, 0.90);
        ModelVersion bad = PagesFixture.version("churn", "secret", 2, 0.96);
        PagesFixture.request(good, "champion", "");
        PagesFixture.serve(good, "churn-eu", "champion");
        PagesFixture.request(bad, "champion", "");
        PagesFixture.begin(bad, "churn-eu", "champion");
        PagesFixture.registry()
                .finishDeployment("churn-eu2", DeploymentState.ROLLED_BACK, null, "3 <b>checks</b> failed");

        for (String path : List.of("mlops/model/churn/", "mlops/model/churn/version/2/")) {
            HtmlPage page = as("viewer").goTo(path);
            assertThat(page.querySelectorAll(".mlops-warning b")).isEmpty();
            assertThat(page.asNormalizedText())
                    .contains("'champion' still points at version 2, which was rolled back at endpoint 'churn-eu'")
                    .contains("3 <b>checks</b> failed", "rollbackModel in a Pipeline");
        }
        assertThat(as("viewer").goTo("mlops/model/churn/version/1/").asNormalizedText())
                .doesNotContain("still points");
        assertThat(as("reader").goTo("mlops/model/churn/").asNormalizedText()).doesNotContain("still points");
        assertThat(answer("viewer")).contains("\"aliasesInDoubt\":[{\"alias\":\"champion\"");
        assertThat(answer("reader")).contains("\"aliasesInDoubt\":[]");

        PagesFixture.registry().rollback("back", "churn", "champion", 1, "ada", "checks");
        assertThat(as("viewer").goTo("mlops/model/churn/").asNormalizedText()).doesNotContain("still points");
    }

    private String answer(String user) throws Exception {
        return as(user).goTo("mlops/models/churn/", "application/json")
                .getWebResponse()
                .getContentAsString();
    }
}
