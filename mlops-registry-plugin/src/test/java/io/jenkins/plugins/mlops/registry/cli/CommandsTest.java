package io.jenkins.plugins.mlops.registry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.LedgerFile;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.rest.RegistryFixture;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CommandsTest {
    private static CLICommandInvoker.Result run(JenkinsRule j, String user, String command, String... args) {
        return new CLICommandInvoker(j, command).asUser(user).invokeWithArgs(args);
    }

    @Test
    void listsModelsAndVersions(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "user");
        j.createProject(WorkflowJob.class, "open");
        RegistryFixture.promote(RegistryFixture.version("open", "open"), "champion");
        RegistryFixture.version("secret", "gone");

        assertThat(run(j, "admin", "mlops-models").stdout()).contains("open", "secret", "champion=1");
        assertThat(run(j, "reader", "mlops-models").stdout()).contains("open").doesNotContain("secret");
        assertThat(run(j, "admin", "mlops-models", "--search", "SEC").stdout())
                .contains("secret")
                .doesNotContain("open");
        assertThat(run(j, "admin", "mlops-models", "open").stdout()).contains("champion", "open #1", "accuracy=0.9");
        assertThat(run(j, "admin", "mlops-models", "--json", "open").stdout())
                .startsWith("{")
                .contains("\"number\":1");
        CLICommandInvoker.Result hidden = run(j, "reader", "mlops-models", "secret");
        assertThat(hidden.returnCode()).isEqualTo(5);
        assertThat(hidden.stderr()).contains("that you may see");
        assertThat(run(j, "admin", "mlops-models", "nobody").returnCode()).isEqualTo(5);
        assertThat(run(j, "nobody", "mlops-models").returnCode()).isEqualTo(6);
    }

    @Test
    void showsExportsAndVerifiesTheLedger(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "auditor", MlopsPermissions.VIEW);
        RegistryFixture.promote(RegistryFixture.version("risk", "job"), "champion");

        assertThat(run(j, "auditor", "mlops-ledger", "-n", "1").stdout().lines())
                .hasSize(1);
        String export = run(j, "auditor", "mlops-ledger", "--export").stdout();
        assertThat(LedgerFile.verify(new StringReader(export), null).intact()).isTrue();
        CLICommandInvoker.Result verified = run(j, "auditor", "mlops-ledger", "--verify");
        assertThat(verified.returnCode()).isZero();
        assertThat(verified.stdout()).contains("entries fit together", "head: ");
        CLICommandInvoker.Result tampered = new CLICommandInvoker(j, "mlops-ledger")
                .asUser("auditor")
                .withStdin(new ByteArrayInputStream(
                        export.replace("\"ada\"", "\"eve\"").getBytes(StandardCharsets.UTF_8)))
                .invokeWithArgs("--verify-file");
        assertThat(tampered.returnCode()).isEqualTo(1);
        assertThat(tampered.stdout()).contains("BROKEN at entry 1");
        assertThat(run(j, "auditor", "mlops-ledger", "--verify", "--export").returnCode())
                .isEqualTo(3);
        assertThat(run(j, "reader", "mlops-ledger").returnCode()).isEqualTo(6);
    }

    @Test
    void asksAndDecides(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "ann", MlopsPermissions.VIEW, MlopsPermissions.REQUEST_PROMOTION);
        // no build, so that there are no files to be read again
        RegistryFixture.version("risk", null);
        RegistryFixture.registry()
                .setPolicy(
                        PromotionPolicy.byDefault()
                                .withModel("risk", 0)
                                .withApprovals(List.of(new ApprovalRule(1, Set.of()))),
                        "admin");

        CLICommandInvoker.Result asked =
                run(j, "ann", "mlops-promote", "risk", "1", "--alias", "shadow", "--reason", "better");

        assertThat(asked.stdout()).as(asked.toString()).contains("AWAITING_APPROVAL", "risk version 1 to 'shadow'");
        String id = asked.stdout().substring(0, asked.stdout().indexOf(' '));
        assertThat(run(j, "ann", "mlops-promote", "--list").stdout()).contains(id, "shadow", "ann");
        assertThat(run(j, "ann", "mlops-promote", "--approve", id).returnCode()).isEqualTo(6);
        CLICommandInvoker.Result approved = run(j, "admin", "mlops-promote", "--approve", id, "--reason", "seen");
        assertThat(approved.stdout()).as(approved.toString()).containsPattern("APPLIED|VERIFIED");
        assertThat(run(j, "admin", "mlops-promote", "--reject", id).returnCode())
                .isEqualTo(5);
        assertThat(run(j, "ann", "mlops-promote").returnCode()).isEqualTo(3);
        assertThat(run(j, "ann", "mlops-promote", "risk").returnCode()).isEqualTo(3);
        assertThat(run(j, "ann", "mlops-promote", "risk", "7").returnCode()).isEqualTo(5);
        assertThat(run(j, "reader", "mlops-promote", "risk", "1").returnCode()).isEqualTo(6);
        assertThat(run(j, "reader", "mlops-promote", "--list").stdout()).doesNotContain(id);
    }

    @Test
    void onlyAnAdministratorRebuilds(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "ann", MlopsPermissions.VIEW);

        assertThat(run(j, "ann", "mlops-rebuild").returnCode()).isEqualTo(6);
        assertThat(run(j, "admin", "mlops-rebuild", "--dry-run").stdout()).contains("0 builds read", "0 problems");
    }
}
