package io.jenkins.plugins.mlops.registry.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.cli.CLICommandInvoker;
import hudson.model.TaskListener;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.BuildKeep;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.rest.RegistryFixture;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RetentionSweepTest {
    private static ModelVersion old(String model, int number, WorkflowRun build) {
        String key = model + number;
        return RegistryFixture.registry()
                .restore(
                        Registration.of(key, model, List.of(new VersionFile("m.bin", 1, Ledger.sha256(key))), "ada")
                                .withBuild(
                                        build == null
                                                ? null
                                                : new BuildRef(
                                                        build.getParent().getFullName(), build.getNumber(), null, null),
                                        null)
                                .withTags(number == 2 ? Map.of("keep", "audit") : Map.of(), ""),
                        number,
                        System.currentTimeMillis() - TimeUnit.DAYS.toMillis(100 - number));
    }

    private static WorkflowRun build(WorkflowJob job) throws Exception {
        WorkflowRun build = job.scheduleBuild2(0).get();
        BuildKeep.keep(build);
        return build;
    }

    private static void rules(ModelRetention... rules) {
        RetentionConfiguration.get().setRules(List.of(rules));
    }

    private static ModelRetention rule(String model, int newest) {
        ModelRetention rule = new ModelRetention(model);
        rule.setKeepNewest(newest);
        return rule;
    }

    private static void assertGone(String model, int number) {
        assertThatThrownBy(() -> RegistryFixture.registry().version(model, number))
                .isInstanceOf(RegistryException.NotFound.class);
    }

    @Test
    void deletesWhatNothingKeepsAndLetsItsBuildGo(JenkinsRule j) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "train");
        job.setDefinition(new CpsFlowDefinition("echo 'ok'", true));
        WorkflowRun alone = build(job);
        WorkflowRun shared = build(job);
        WorkflowRun pinned = job.scheduleBuild2(0).get();
        pinned.keepLog(true); // by hand, before it registered anything
        BuildKeep.keep(pinned);
        old("risk", 1, alone);
        old("risk", 2, shared); // tagged
        old("risk", 3, shared);
        old("risk", 4, pinned);
        RegistryFixture.promote(old("risk", 5, null), "champion");
        old("risk", 6, null);
        old("other", 1, null);
        rules(rule("", 1));

        assertThat(RetentionSweep.get().preview().versions())
                .extracting(name -> name.replaceAll(" \\(.*", ""))
                .containsExactly("risk version 1", "risk version 3", "risk version 4");
        assertThat(RegistryFixture.registry().version("risk", 1).number()).isEqualTo(1);
        RetentionSweep.get().execute(TaskListener.NULL);

        assertGone("risk", 1);
        assertGone("risk", 3);
        assertGone("risk", 4);
        for (int number : new int[] {2, 5, 6}) {
            assertThat(RegistryFixture.registry().version("risk", number).number())
                    .isEqualTo(number);
        }
        assertThat(alone.isKeepLog()).isFalse();
        assertThat(pinned.isKeepLog()).as("a person has kept it").isTrue();
        assertThat(shared.isKeepLog()).as("its other version is pinned").isTrue();
        assertThat(RetentionSweep.get().preview().versions()).isEmpty();
        assertThat(RegistryFixture.registry().verifyLedger().intact()).isTrue();
    }

    @Test
    void aModelsOwnRuleCounts(JenkinsRule j) {
        for (int i = 1; i <= 4; i++) {
            old("a", i, null);
            old("b", i, null);
        }
        ModelRetention own = rule("b", 0);
        own.setKeepDays(98);
        own.setKeepTags("");
        rules(rule("", 3), own, rule("c", 0));

        assertThat(RetentionSweep.get().preview().versions())
                .extracting(name -> name.replaceAll(" \\(.*", ""))
                .containsExactly("a version 1", "b version 1", "b version 2");
        rules(rule("", 3), rule("b", 0));
        assertThat(RetentionSweep.get().preview().versions())
                .as("no number, no age: all stay")
                .hasSize(1);
        rules();
        assertThat(RetentionSweep.get().preview().versions()).isEmpty();
    }

    @Test
    void rulesThatCannotBeAreRefused(JenkinsRule j) {
        rules(rule("a", 5));

        assertThatThrownBy(() -> rules(rule("b", -1)))
                .hasMessageContaining("the rule of 'b'")
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> rules(rule("b", 1), rule("b", 2))).hasMessageContaining("found two");
        assertThatThrownBy(() -> rules(rule("a/../b\n", 1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(RetentionConfiguration.get().getRules())
                .singleElement()
                .extracting(ModelRetention::getModel)
                .isEqualTo("a");
    }

    @Test
    void isShownAndAppliedByTheCommandLineAndByRest(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "auditor", MlopsPermissions.VIEW, MlopsPermissions.CONFIGURE);
        old("risk", 1, null);
        old("risk", 2, null);
        old("risk", 3, null);
        old("risk", 4, null);
        rules(rule("risk", 2));

        CLICommandInvoker.Result preview = run(j, "auditor");
        assertThat(preview.stdout()).contains("would delete risk version 1", "1 to delete, 0 problems");
        assertThat(run(j, "reader").returnCode()).isEqualTo(6);
        assertThat(run(j, "auditor", "--apply").returnCode()).isEqualTo(6);
        assertThat(RegistryFixture.get(j, "reader", "mlops/retention").getStatusCode())
                .isEqualTo(403);
        JSONObject told = JSONObject.fromObject(
                RegistryFixture.get(j, "auditor", "mlops/retention").getContentAsString());
        assertThat(told.getJSONArray("versions").getString(0)).startsWith("risk version 1 (never served");
        assertThat(RegistryFixture.call(j, "auditor", HttpMethod.POST, "mlops/applyRetention")
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(RegistryFixture.registry().version("risk", 1).number()).isEqualTo(1);
        assertThat(RegistryFixture.call(j, "admin", HttpMethod.POST, "mlops/applyRetention")
                        .getStatusCode())
                .isEqualTo(200);
        assertGone("risk", 1);
        assertThat(run(j, "admin", "--apply").stdout()).contains("0 deleted, 0 problems");
        assertThat(RegistryFixture.registry()
                        .ledger("risk", Page.Request.first(1))
                        .items()
                        .get(0)
                        .actor())
                .isEqualTo("admin");
    }

    private static CLICommandInvoker.Result run(JenkinsRule j, String user, String... args) {
        return new CLICommandInvoker(j, "mlops-retention").asUser(user).invokeWithArgs(args);
    }
}
