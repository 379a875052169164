package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RollbackModelStepTest {
    static final String TWO_CHAMPIONS = """
            for (n in [1, 2]) {
              writeFile file: 'model/w.json', text: "{\\"w\\": ${n}}"
              registerModel name: 'risk', path: 'model'
              promoteModel model: 'risk'
            }
            """;

    private static int champion() {
        return RegistryConnection.get()
                .registry()
                .byAlias("risk", "champion")
                .orElseThrow()
                .number();
    }

    @Test
    void givesTheAliasBack(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "back", Pipelines.onNode(TWO_CHAMPIONS) + """
                def p = rollbackModel(name: 'risk', reason: 'complaints')
                echo "now ${p.version} ${p.promoted} ${p.alias}"
                """);

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("now 1 true champion", run);
        assertThat(champion()).isEqualTo(1);
        assertThat(LineageAction.of(run).getPromotions()).hasSize(3);
    }

    @Test
    void givesItBackToANamedVersionInDeclarative(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "declarative",
                Pipelines.declarative("script {\n" + TWO_CHAMPIONS
                        + "}\nrollbackModel name: 'risk', alias: 'champion', toVersion: 1"));

        j.buildAndAssertSuccess(job);

        assertThat(champion()).isEqualTo(1);
    }

    @Test
    void refusesAVersionThatNeverHeldTheAlias(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "never", Pipelines.onNode(TWO_CHAMPIONS + """
                        writeFile file: 'model/w.json', text: '3'
                        registerModel name: 'risk', path: 'model'
                        rollbackModel name: 'risk', toVersion: 3
                        """));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
        assertThat(champion()).isEqualTo(2);
    }

    @Test
    void asksForAVersionOfAnotherJobAndLeavesTheRequestOpen(JenkinsRule j) throws Exception {
        j.buildAndAssertSuccess(Pipelines.job(
                j, "register", Pipelines.onNode(Pipelines.MODEL + "registerModel name: 'risk', path: 'model'")));
        WorkflowJob job = Pipelines.job(j, "ask", """
                def p = requestPromotion(model: 'risk', version: 1, approvals: 1, reason: 'better')
                echo "asked ${p.state} ${p.promoted}"
                """);

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("asked AWAITING_APPROVAL false", run);
        Promotion promotion = RegistryConnection.get().registry().pending().get(0);
        assertThat(promotion.build().job()).isEqualTo("ask");
        assertThat(promotion.state().isOpen()).isTrue();
    }

    @Test
    void asksInDeclarativeAndTellsWhatGatesRefuse(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "refused", Pipelines.declarative(Pipelines.MODEL + """
                registerModel name: 'risk', path: 'model'
                requestPromotion model: 'risk', onFail: 'unstable', gates: [threshold(metric: 'roc_auc', atLeast: 0.9)]
                """));

        j.buildAndAssertStatus(Result.UNSTABLE, job);

        assertThat(RegistryConnection.get().registry().pending()).isEmpty();
    }
}
