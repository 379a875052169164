package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PromoteModelStepTest {
    private static final String REGISTER = "registerModel name: 'm', path: 'model'\n";

    private JenkinsRule j;

    @BeforeEach
    void secure(JenkinsRule rule) {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, MlopsPermissions.APPROVE)
                .everywhere()
                .to("alice", "bob")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("viewer"));
    }

    private static Promotion onlyPending() {
        List<Promotion> pending = RegistryConnection.get().registry().pending();
        assertThat(pending).hasSize(1);
        return pending.get(0);
    }

    private WebResponse post(String user, String path) throws Exception {
        try (JenkinsRule.WebClient client = j.createWebClient()) {
            client.withThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
            if (user != null) {
                client.login(user);
                client.addCrumb(request);
            }
            return client.getPage(request).getWebResponse();
        }
    }

    private WorkflowRun waiting(WorkflowJob job) throws Exception {
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("waits for", run);
        return run;
    }

    private WorkflowJob asksForApprovals(String name, int approvals) throws Exception {
        return Pipelines.job(
                j,
                name,
                Pipelines.onNode(Pipelines.MODEL + REGISTER)
                        + "def p = promoteModel(model: 'm', approvals: " + approvals + ")\n"
                        + "echo \"ended ${p.state} ${p.promoted} ${p.version} ${p.alias} ${p.verdict}\"");
    }

    @Test
    void movesTheAliasAtOnceWhereNobodyHasToApprove() throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "auto",
                Pipelines.declarative("writeFile file: 'model/w', text: 'w'\n" + REGISTER
                        + "promoteModel model: 'm', alias: 'production'"));

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("'production' is now m version 1", run);
        assertThat(RegistryConnection.get().registry().byAlias("m", "production"))
                .hasValueSatisfying(version -> assertThat(version.number()).isEqualTo(1));
    }

    @Test
    void waitsForTwoPeopleAndTakesEachOnce() throws Exception {
        WorkflowRun run = waiting(asksForApprovals("two", 2));
        String path = "mlops/promotions/" + onlyPending().id() + "/approve";

        assertThat(post(null, path).getStatusCode()).isIn(403, 401);
        assertThat(post("viewer", path).getStatusCode()).isEqualTo(403);
        assertThat(post("alice", path + "?comment=fine").getStatusCode()).isEqualTo(200);
        assertThat(post("alice", path).getStatusCode()).isEqualTo(409);
        assertThat(run.isBuilding()).isTrue();
        assertThat(post("bob", path).getStatusCode()).isEqualTo(200);

        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("ended APPLIED true 1 champion PASS", run);
    }

    @Test
    void refusesGetAndMissingCrumbs() throws Exception {
        WorkflowRun run = waiting(asksForApprovals("crumbs", 1));
        String id = onlyPending().id();
        try (JenkinsRule.WebClient client = j.createWebClient()) {
            client.withThrowExceptionOnFailingStatusCode(false);
            client.login("alice");
            URL approve = new URL(client.getContextPath() + "mlops/promotions/" + id + "/approve");
            assertThat(client.getPage(new WebRequest(approve, HttpMethod.GET))
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(405);
            assertThat(client.getPage(new WebRequest(approve, HttpMethod.POST))
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(403);
        }
        assertThat(onlyPending().decisions()).isEmpty();
        run.doStop();
        j.waitForCompletion(run);
    }

    @Test
    void aRejectionFailsTheBuildWithItsReason() throws Exception {
        WorkflowRun run = waiting(asksForApprovals("rejected", 1));

        assertThat(post("bob", "mlops/promotions/" + onlyPending().id() + "/reject?comment=too+small")
                        .getStatusCode())
                .isEqualTo(200);

        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        j.assertLogContains("was rejected", run);
        j.assertLogContains("too small", run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
        assertThat(RegistryConnection.get().registry().byAlias("m", "champion")).isEmpty();
    }

    @Test
    void abortingTheBuildWithdrawsTheRequest() throws Exception {
        WorkflowRun run = waiting(asksForApprovals("aborted", 1));
        String id = onlyPending().id();

        run.doStop();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        assertThat(RegistryConnection.get().registry().promotion(id).state()).isEqualTo(PromotionState.WITHDRAWN);
        assertThat(post("alice", "mlops/promotions/" + id + "/approve").getStatusCode())
                .isEqualTo(409);
    }

    @Test
    void doesNotWaitWhereTheAuthorDoesNotWantTo() throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "later",
                Pipelines.onNode(Pipelines.MODEL + REGISTER)
                        + "def p = promoteModel(model: 'm', approvals: 1, wait: false)\n echo \"went on ${p.state}\"");

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("went on AWAITING_APPROVAL", run);
        assertThat(post("alice", "mlops/promotions/" + onlyPending().id() + "/approve")
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(RegistryConnection.get().registry().byAlias("m", "champion")).isPresent();
    }

    @Test
    void gatesAreJudgedOnTheEvaluationOfTheVersion() throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "gated",
                Pipelines.onNode(Pipelines.PREDICTIONS + Pipelines.MODEL
                        + "evaluateModel predictions: 'predictions.csv', score: 'score'\n"
                        + REGISTER
                        + "promoteModel model: 'm', gates: [threshold(metric: 'auc', atLeast: 0.99)]"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("was rejected", run);
        assertThat(RegistryConnection.get().registry().byAlias("m", "champion")).isEmpty();
    }

    @Test
    void aPolicyBindsWhateverTheJenkinsfileSays() throws Exception {
        WorkflowJob job =
                Pipelines.job(j, "policy", Pipelines.onNode(Pipelines.MODEL + REGISTER) + "promoteModel model: 'm'");
        assertThat(post("viewer", "mlops/models/m/setPolicy?approvals=1").getStatusCode())
                .isEqualTo(403);
        assertThat(post("admin", "mlops/models/m/setPolicy?approvals=1&approvers=bob")
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(post("admin", "mlops/models/m/setPolicy?approvals=2+of").getStatusCode())
                .isEqualTo(400);

        WorkflowRun run = waiting(job);
        String path = "mlops/promotions/" + onlyPending().id() + "/approve";

        assertThat(post("alice", path).getStatusCode()).isEqualTo(403);
        assertThat(post("bob", path).getStatusCode()).isEqualTo(200);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }
}
