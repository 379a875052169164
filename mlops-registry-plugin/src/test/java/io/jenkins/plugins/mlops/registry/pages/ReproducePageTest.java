package io.jenkins.plugins.mlops.registry.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.reproduction.ReproducedVersions;
import io.jenkins.plugins.mlops.registry.reproduction.ReproductionAction;
import java.net.HttpURLConnection;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Making a version again from its page, by those who may start its job. */
@WithJenkins
class ReproducePageTest {
    private JenkinsRule jenkins;
    private WorkflowJob job;
    private ModelVersion version;

    @BeforeEach
    void train(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = rule.createProject(WorkflowJob.class, "train");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SEED")));
        job.setDefinition(new CpsFlowDefinition("echo \"seed ${params.SEED}\"", true));
        rule.assertBuildStatusSuccess(
                job.scheduleBuild2(0, new ParametersAction(java.util.List.of(new StringParameterValue("SEED", "7")))));
        version = PagesFixture.version("churn", "train", 1, 0.93);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, MlopsPermissions.VIEW)
                .everywhere()
                .to("viewer", "builder")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder"));
    }

    private JenkinsRule.WebClient as(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).login(user);
    }

    @Test
    void startsTheJobWithTheRecordedParametersAndSetsTheOutcomeBesideIt() throws Exception {
        HtmlPage page = as("builder").goTo("mlops/model/churn/version/1/");
        HtmlForm form = page.getFormByName("reproduce");
        assertThat(form.asNormalizedText())
                .contains("The build gets the recorded parameters.", "The job takes the code that it takes now");
        ((HtmlElement) form.querySelector("button[type=submit]")).click();
        jenkins.waitUntilNoActivity();
        WorkflowRun again = job.getLastBuild();
        assertThat(again.getNumber()).isEqualTo(2);
        jenkins.assertLogContains("seed 7", again);
        assertThat(again.getCauses().get(0).getShortDescription())
                .isEqualTo("Reproduction of churn version 1, started by builder");
        assertThat(again.getAction(ReproductionAction.class).getVersion()).isEqualTo(1);

        PagesFixture.version("churn", "train", 2, 0.93);
        new ReproducedVersions.Follower().onCompleted(again, null);
        HtmlPage beside = as("viewer").goTo("mlops/model/churn/version/1/");
        assertThat(beside.querySelector("#reproduced ~ .mlops-scroll").asNormalizedText())
                .contains("churn v2", "0123456789ab", "roc_auc 0.9300 (0.0000)", "different", "same");
        assertThat(as("viewer").goTo("mlops/model/churn/version/2/").getElementById("reproduced"))
                .isNull();
    }

    @Test
    void isForThoseWhoMayStartTheJob() throws Exception {
        assertThat(as("viewer").goTo("mlops/model/churn/version/1/").querySelectorAll("form[name=reproduce]"))
                .isEmpty();
        WebRequest post =
                new WebRequest(new URL(jenkins.getURL(), "mlops/model/churn/version/1/reproduce"), HttpMethod.POST);
        JenkinsRule.WebClient viewer = as("viewer");
        viewer.getOptions().setThrowExceptionOnFailingStatusCode(false);
        viewer.addCrumb(post);
        assertThat(viewer.getPage(post).getWebResponse().getStatusCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        as("builder").assertFails("mlops/model/churn/version/1/reproduce", HttpURLConnection.HTTP_BAD_METHOD);
        assertThat(job.getLastBuild().getNumber()).isEqualTo(1);
        job.setDisabled(true);
        assertThat(as("builder").goTo("mlops/model/churn/version/1/").querySelectorAll("form[name=reproduce]"))
                .isEmpty();
        assertThat(version.build()).isNotNull();
    }

    @Test
    void offersTheModelCardAsAFile() throws Exception {
        JenkinsRule.WebClient viewer = as("viewer");
        org.htmlunit.WebResponse card =
                viewer.goTo("mlops/model/churn/version/1/card", null).getWebResponse();
        assertThat(card.getContentType()).isEqualTo("text/markdown");
        assertThat(card.getResponseHeaderValue("Content-Disposition"))
                .isEqualTo("attachment; filename=\"churn-v1.md\"");
        assertThat(card.getContentAsString())
                .contains("# churn version 1", "| roc\\_auc | 0.93 | 0.91", "- **Parameter: trees**: 100");
        assertThat(viewer.goTo("mlops/model/churn/version/1/card?format=json", null)
                        .getWebResponse()
                        .getContentAsString())
                .contains("\"roc_auc\"", "\"evaluation\"");
    }
}
