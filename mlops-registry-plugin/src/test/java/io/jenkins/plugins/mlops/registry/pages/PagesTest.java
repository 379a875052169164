package io.jenkins.plugins.mlops.registry.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.net.HttpURLConnection;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PagesTest {
    private JenkinsRule jenkins;
    private WorkflowJob open;
    private WorkflowJob secret;

    @BeforeEach
    void users(JenkinsRule rule) throws Exception {
        jenkins = rule;
        open = jenkins.createProject(WorkflowJob.class, "open");
        secret = jenkins.createProject(WorkflowJob.class, "secret");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(
                        Jenkins.READ,
                        MlopsPermissions.VIEW,
                        MlopsPermissions.APPROVE,
                        MlopsPermissions.REQUEST_PROMOTION,
                        MlopsPermissions.REGISTER)
                .everywhere()
                .to("ada", "bob", "eve")
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

    private static HtmlPage press(HtmlPage page, String form, String value) throws Exception {
        HtmlForm found = page.getFormByName(form);
        return ((org.htmlunit.html.HtmlElement) found.querySelector("button[value='" + value + "']")).click();
    }

    @Test
    void tellsTheFirstStepWhereThereIsNothing() throws Exception {
        HtmlPage models = as("ada").goTo("mlops/");
        assertThat(models.asNormalizedText()).contains("No model is registered yet", "trainModel", "registerModel");
        assertThat(as("ada").goTo("mlops/inbox/").asNormalizedText()).contains("No promotion waits for a decision");
    }

    @Test
    void listsModelsWithChampionTrendAndWhatWaits() throws Exception {
        ModelVersion first = PagesFixture.version("churn", "open", 1, 0.93);
        PagesFixture.request(first, "champion", "first");
        ModelVersion second = PagesFixture.version("churn", "open", 2, 0.95);
        PagesFixture.serve(first, "churn-eu", "champion");
        PagesFixture.policy("churn", 1);
        PagesFixture.request(second, "champion", "better");
        HtmlPage page = as("ada").goTo("mlops/");
        assertThat(page.asNormalizedText())
                .contains(
                        "churn", "champion", "v1", "0.8900", "accuracy", "v2", "1 waits", "churn-eu", "1\u20131 of 1");
        assertThat(page.querySelectorAll(".mlops-sparkline polyline")).hasSize(1);
        assertThat(page.querySelectorAll("table caption, th[scope=col]")).hasSize(7);
    }

    @Test
    void putsTheMetricFirstThatTheGatesJudge() throws Exception {
        PagesFixture.version("churn", "open", 1, 0.93);
        PagesFixture.registry()
                .setPolicy(
                        PromotionPolicy.byDefault()
                                .withModel("churn", 0)
                                .withGatesJson(
                                        "[{\"gate\": \"threshold\", \"metric\": \"roc_auc\", \"atLeast\": 0.9}]"),
                        "admin");
        assertThat(as("ada").goTo("mlops/").asNormalizedText()).contains("roc_auc v1");
        assertThat(as("ada").goTo("mlops/model/churn/").asNormalizedText()).contains("threshold(metric: 'roc_auc'");
    }

    @Test
    void pagesSortsAndSearchesOnTheServer() throws Exception {
        for (int i = 0; i < 60; i++) {
            PagesFixture.registry().createModel("model-" + String.format("%02d", i), "", "ada");
        }
        JenkinsRule.WebClient ada = as("ada");
        HtmlPage page = ada.goTo("mlops/");
        assertThat(page.asNormalizedText())
                .contains("1\u201350 of 60", "model-49")
                .doesNotContain("model-50");
        HtmlPage next = page.getAnchorByText("Next").click();
        assertThat(next.asNormalizedText())
                .contains("51\u201360 of 60", "model-59")
                .doesNotContain("model-49");
        HtmlPage found = ada.goTo("mlops/?search=L-1&sort=name&order=desc");
        assertThat(found.asNormalizedText()).contains("1\u201310 of 10", "model-19");
        assertThat(found.asNormalizedText().indexOf("model-19"))
                .isLessThan(found.asNormalizedText().indexOf("model-10"));
        assertThat(found.querySelectorAll("th[aria-sort=descending]")).hasSize(1);
        assertThat(ada.goTo("mlops/?search=nothing").asNormalizedText()).contains("No model of that name");
        ada.goTo("mlops/?page=-3&sort=bogus&order=up");
    }

    @Test
    void showsNoReaderMoreThanHisJobs() throws Exception {
        ModelVersion mine = PagesFixture.version("churn", "open", 1, 0.93);
        ModelVersion hidden = PagesFixture.version("churn", "secret", 1, 0.99);
        PagesFixture.version("payroll", "secret", 2, 0.97);
        PagesFixture.request(hidden, "champion", "theirs");
        PagesFixture.request(mine, "challenger", "ours");
        JenkinsRule.WebClient reader = as("reader");
        HtmlPage models = reader.goTo("mlops/");
        assertThat(models.asNormalizedText())
                .contains("churn", "challenger", "v1", "0.8900", "1\u20131 of 1")
                .doesNotContain("payroll", "0.9500", "v2");
        HtmlPage model = reader.goTo("mlops/model/churn/");
        assertThat(model.asNormalizedText()).contains("challenger").doesNotContain("0.9900", "secret", "theirs");
        reader.goTo("mlops/model/churn/version/1/");
        reader.assertFails("mlops/model/churn/version/2/", HttpURLConnection.HTTP_NOT_FOUND);
        reader.assertFails("mlops/model/payroll/", HttpURLConnection.HTTP_NOT_FOUND);
        reader.assertFails("mlops/model/no-such/", HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(as("ada").goTo("mlops/model/churn/").asNormalizedText()).contains("0.9900");
    }

    @Test
    void showsEverythingOfAVersion() throws Exception {
        ModelVersion version = PagesFixture.version("churn", "open", 1, 0.93);
        HtmlPage page = as("ada").goTo("mlops/model/churn/version/1/");
        assertThat(page.asNormalizedText())
                .contains(version.digest(), "churn trained by build 1", "open #1", "0123456789ab (main)")
                .contains("0.9100 \u2013 0.9450", "delong", "south", "threshold(metric: 'roc_auc', atLeast: 0.9)")
                .contains("radius", "malignant", "model.json", "shared/encoder.json", "trees");
        assertThat(page.querySelectorAll(".mlops-lineage .mlops-node").size()).isGreaterThanOrEqualTo(4);
        assertThat(page.querySelectorAll(".mlops-lineage a[href*='/mlops/digest/']"))
                .hasSize(1);
    }

    @Test
    void takesTwoPeopleToApprove() throws Exception {
        PagesFixture.policy("churn", 2);
        ModelVersion version = PagesFixture.version("churn", "open", 1, 0.93);
        HtmlPage page = as("eve").goTo("mlops/model/churn/version/1/");
        HtmlForm request = page.getFormByName("request");
        request.getInputByName("alias").setValue("champion");
        request.getTextAreaByName("reason").setText("please");
        HtmlPage asked = ((org.htmlunit.html.HtmlElement) request.querySelector("button[type=submit]")).click();
        assertThat(asked.asNormalizedText())
                .contains("awaiting approval", "still missing: 2 of anyone who may approve", "please");
        Promotion promotion = PagesFixture.registry().pending().get(0);

        HtmlPage ada = as("ada").goTo("mlops/inbox/");
        assertThat(ada.querySelectorAll("button[value=approve]")).isEmpty();
        assertThat(ada.asNormalizedText()).contains("somebody else has to approve it");

        HtmlPage bob = as("bob").goTo("mlops/inbox/");
        assertThat(bob.querySelector(".jenkins-badge").getTextContent()).isEqualTo("1");
        bob.getFormByName("decide-" + promotion.id())
                .getTextAreaByName("comment")
                .setText("looks good");
        HtmlPage half = press(bob, "decide-" + promotion.id(), "approve");
        assertThat(half.asNormalizedText())
                .contains("still missing: 1 of anyone who may approve", "looks good", "You have decided already");
        assertThat(half.querySelectorAll(".jenkins-badge")).isEmpty();

        press(as("admin").goTo("mlops/inbox/"), "decide-" + promotion.id(), "approve");
        assertThat(PagesFixture.registry().promotion(promotion.id()).state()).isEqualTo(PromotionState.APPLIED);
        assertThat(PagesFixture.registry().byAlias("churn", "champion")).contains(version);
    }

    @Test
    void saysWhatHasChangedSinceThePageWasShown() throws Exception {
        PagesFixture.policy("churn", 2);
        Promotion promotion =
                PagesFixture.request(PagesFixture.version("churn", "open", 1, 0.93), "champion", "please");
        HtmlPage bob = as("bob").goTo("mlops/model/churn/version/1/");
        PagesFixture.approve(promotion, "eve", "");
        HtmlPage late = press(bob, "decide-" + promotion.id(), "reject");
        assertThat(late.querySelector("[role=alert]").asNormalizedText()).contains("has changed since it was shown");
        assertThat(PagesFixture.registry().promotion(promotion.id()).state())
                .isEqualTo(PromotionState.AWAITING_APPROVAL);
        HtmlPage rejected = press(late, "decide-" + promotion.id(), "reject");
        assertThat(rejected.asNormalizedText()).contains("rejected");
        assertThat(PagesFixture.registry().promotion(promotion.id()).state()).isEqualTo(PromotionState.REJECTED);
    }

    @Test
    void rollsBackAndOverridesWithAReason() throws Exception {
        ModelVersion first = PagesFixture.version("churn", "open", 1, 0.93);
        ModelVersion second = PagesFixture.version("churn", "open", 2, 0.95);
        PagesFixture.request(first, "champion", "");
        PagesFixture.request(second, "champion", "");
        HtmlPage page = as("bob").goTo("mlops/model/churn/version/2/");
        HtmlForm back = page.getFormByName("rollback-champion");
        HtmlPage refused = ((org.htmlunit.html.HtmlElement) back.querySelector("button")).click();
        assertThat(refused.asNormalizedText()).contains("Say why");
        HtmlForm again = refused.getFormByName("rollback-champion");
        again.getTextAreaByName("reason").setText("complaints");
        ((org.htmlunit.html.HtmlElement) again.querySelector("button")).click();
        assertThat(PagesFixture.registry().byAlias("churn", "champion")).contains(first);

        assertThat(as("bob").goTo("mlops/model/churn/version/2/").querySelectorAll("form[name=override]"))
                .isEmpty();
        HtmlForm override = as("admin").goTo("mlops/model/churn/version/2/").getFormByName("override");
        override.getTextAreaByName("reason").setText("urgent");
        HtmlPage done = ((org.htmlunit.html.HtmlElement) override.querySelector("button[type=submit]")).click();
        assertThat(done.asNormalizedText()).contains("override", "urgent");
        assertThat(PagesFixture.registry().byAlias("churn", "champion")).contains(second);
    }

    @Test
    void editsDescriptionAndTags() throws Exception {
        PagesFixture.version("churn", "open", 1, 0.93);
        for (String path : new String[] {"mlops/model/churn/", "mlops/model/churn/version/1/"}) {
            JenkinsRule.WebClient ada = as("ada");
            HtmlForm describe = ada.goTo(path).getFormByName("describe");
            describe.getTextAreaByName("description").setText("Who will leave & why");
            HtmlPage described = ((org.htmlunit.html.HtmlElement) describe.querySelector("button")).click();
            assertThat(described.querySelector(".mlops-description").getTextContent())
                    .isEqualTo("Who will leave & why");
            HtmlForm tag = described.getFormByName("tag");
            tag.getInputByName("key").setValue("owner");
            tag.getInputByName("value").setValue("growth");
            HtmlPage tagged = ((org.htmlunit.html.HtmlElement) tag.querySelector("button")).click();
            assertThat(tagged.asNormalizedText()).contains("growth");
        }
        assertThat(as("reader").goTo("mlops/model/churn/").querySelectorAll("form[method=post]"))
                .isEmpty();
    }

    @Test
    void saysWhatServedAtAMoment() throws Exception {
        ModelVersion first = PagesFixture.version("churn", "open", 1, 0.93);
        PagesFixture.request(first, "champion", "");
        HtmlPage now = as("ada").goTo("mlops/model/churn/?alias=champion&at=2999-01-01T00:00");
        assertThat(now.querySelector("#served ~ .mlops-section").asNormalizedText())
                .contains("version 1", "applied");
        HtmlPage before = as("ada").goTo("mlops/model/churn/?alias=champion&at=2001-01-01T00:00");
        assertThat(before.asNormalizedText()).contains("no version held champion");
        HtmlPage odd = as("ada").goTo("mlops/model/churn/?alias=champion&at=yesterday");
        assertThat(odd.asNormalizedText()).contains("Give the moment as a date and a time");
    }
}
