package io.jenkins.plugins.mlops.registry.rest;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.policy.ModelPolicy;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The registry taken out of one database and into another, by REST and by the command line. */
@WithJenkins
class TransferTest {
    private static WebResponse load(JenkinsRule j, String user, String body) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setPrintContentOnFailingStatusCode(false);
        client.login(user);
        WebRequest request = new WebRequest(client.createCrumbedUrl("mlops/import"), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/jsonl");
        request.setRequestBody(body);
        return client.<Page>getPage(request).getWebResponse();
    }

    /** As a database that was set up anew: the old one is put aside. */
    private static void beginAnew(JenkinsRule j) {
        RegistryConnection.get().close();
        File folder = new File(j.jenkins.getRootDir(), "mlops/registry");
        assertThat(folder.renameTo(new File(j.jenkins.getRootDir(), "mlops/old-" + System.nanoTime())))
                .isTrue();
    }

    private static String export(JenkinsRule j) throws Exception {
        WebResponse answer = RegistryFixture.get(j, "admin", "mlops/export");
        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getResponseHeaderValue("Content-Disposition")).contains("mlops-registry.jsonl");
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void goesOutAndInByRest(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "auditor", MlopsPermissions.VIEW, MlopsPermissions.CONFIGURE);
        RegistryFixture.promote(RegistryFixture.version("risk", null), "champion");
        String export = export(j);

        WebResponse refused = load(j, "admin", export);
        assertThat(refused.getStatusCode()).isEqualTo(409);
        assertThat(refused.getContentAsString()).contains("Only an empty registry");
        beginAnew(j);
        assertThat(load(j, "auditor", export).getStatusCode()).isEqualTo(403);
        assertThat(load(j, "admin", export.substring(0, 900)).getStatusCode()).isEqualTo(400);
        assertThat(RegistryFixture.get(j, "auditor", "mlops/export").getStatusCode())
                .isEqualTo(403);
        WebResponse taken = load(j, "admin", export);

        assertThat(taken.getStatusCode()).as(taken.getContentAsString()).isEqualTo(200);
        assertThat(JSONObject.fromObject(taken.getContentAsString()).getLong("rows"))
                .isPositive();
        assertThat(export(j)).isEqualTo(export);
        assertThat(RegistryFixture.registry().byAlias("risk", "champion")).isPresent();
        assertThat(new File(j.jenkins.getRootDir(), "mlops").list((folder, name) -> name.startsWith("import")))
                .isEmpty();
    }

    @Test
    void goesOutAndInByTheCommandLineAndKeepsTheConfiguredPolicy(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "auditor", MlopsPermissions.VIEW);
        RegistryFixture.version("risk", null);
        String export = new CLICommandInvoker(j, "mlops-export")
                .asUser("admin")
                .invoke()
                .stdout();
        beginAnew(j);
        ModelPolicy policy = new ModelPolicy("risk");
        policy.setApprovals("1 of managers");
        RegistryConfiguration.get().setPolicies(List.of(policy));
        assertThat(RegistryFixture.registry().policy("risk").approvals()).isEqualTo("1 of managers");

        CLICommandInvoker.Result refused = load(j, "auditor", "mlops-import", export);
        CLICommandInvoker.Result damaged = load(j, "admin", "mlops-import", export.replace("risk", "rusk"));
        CLICommandInvoker.Result taken = load(j, "admin", "mlops-import", export);
        CLICommandInvoker.Result again = load(j, "admin", "mlops-import", export);

        assertThat(refused.returnCode()).isEqualTo(6);
        assertThat(damaged.returnCode()).isEqualTo(3);
        assertThat(damaged.stderr()).contains("othing was imported");
        assertThat(taken.returnCode()).as(taken.toString()).isZero();
        assertThat(taken.stdout()).contains("version 1", "rows imported");
        assertThat(again.returnCode()).isEqualTo(5);
        assertThat(RegistryFixture.registry().version("risk", 1).model()).isEqualTo("risk");
        assertThat(RegistryFixture.registry().policy("risk").approvals()).isEqualTo("1 of managers");
        assertThat(RegistryFixture.registry().verifyLedger().intact()).isTrue();
        assertThat(new CLICommandInvoker(j, "mlops-export")
                        .asUser("auditor")
                        .invoke()
                        .returnCode())
                .isEqualTo(6);
    }

    private static CLICommandInvoker.Result load(JenkinsRule j, String user, String command, String file) {
        return new CLICommandInvoker(j, command)
                .asUser(user)
                .withStdin(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)))
                .invoke();
    }
}
