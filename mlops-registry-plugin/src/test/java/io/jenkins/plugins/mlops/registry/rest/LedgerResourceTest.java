package io.jenkins.plugins.mlops.registry.rest;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.mlops.registry.LedgerFile;
import io.jenkins.mlops.registry.LedgerVerification;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.assertj.core.api.ListAssert;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class LedgerResourceTest {
    private static JSONObject json(JenkinsRule j, String user, String path) throws Exception {
        WebResponse answer = RegistryFixture.get(j, user, path);
        assertThat(answer.getStatusCode()).as(answer.getContentAsString()).isEqualTo(200);
        return JSONObject.fromObject(answer.getContentAsString());
    }

    @SuppressWarnings("unchecked")
    private static ListAssert<Object> assertJson(JSONArray array) {
        return assertThat((List<Object>) array);
    }

    @Test
    void theLedgerCanBeTakenAwayAndChecked(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "auditor", MlopsPermissions.VIEW);
        RegistryFixture.promote(RegistryFixture.version("risk \u00e9", "job"), "champion");

        WebResponse export = RegistryFixture.get(j, "auditor", "mlops/ledger/export");

        assertThat(export.getStatusCode()).isEqualTo(200);
        assertThat(export.getResponseHeaderValue("Content-Disposition")).contains("mlops-ledger.jsonl");
        JSONObject head = json(j, "auditor", "mlops/ledger/head");
        String file = export.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        LedgerVerification found = LedgerFile.verify(new StringReader(file), head.getString("hash"));
        assertThat(found.intact()).as(found.explanation()).isTrue();
        assertThat(found.entries()).isEqualTo(head.getLong("entries")).isPositive();
        String tampered = file.replaceFirst("\"actor\":\"ada\"", "\"actor\":\"eve\"");
        assertThat(LedgerFile.verify(new StringReader(tampered), null).intact()).isFalse();
        assertJson(json(j, "auditor", "mlops/ledger/?model=risk%20%C3%A9").getJSONArray("items"))
                .isNotEmpty();
        assertThat(json(j, "auditor", "mlops/verifyLedger").getBoolean("intact"))
                .isTrue();
    }

    @Test
    void onlyWhoMaySeeAllModelsSeesTheLedger(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "user");
        for (String path : new String[] {"mlops/ledger/", "mlops/ledger/export", "mlops/ledger/head"}) {
            assertThat(RegistryFixture.get(j, "reader", path).getStatusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void tellsWhatServedAtAMoment(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "auditor", MlopsPermissions.VIEW);
        Instant before = Instant.now().minusSeconds(60);
        ModelVersion version = RegistryFixture.version("risk", "job");
        RegistryFixture.promote(version, "champion");
        RegistryFixture.serve(version, "iris");
        String now = Instant.now().plusSeconds(1).toString();

        JSONObject served = json(j, "auditor", "mlops/servedAt?time=" + now);

        JSONObject alias = served.getJSONArray("aliases").getJSONObject(0);
        assertThat(alias.getString("alias")).isEqualTo("champion");
        assertThat(alias.getJSONObject("version").getInt("number")).isEqualTo(1);
        assertThat(alias.getJSONObject("promotion").getString("evidenceHash")).startsWith("sha256:");
        JSONObject endpoint = served.getJSONArray("endpoints").getJSONObject(0);
        assertThat(endpoint.getString("endpoint")).isEqualTo("iris");
        assertJson(json(j, "auditor", "mlops/servedAt?time=" + before).getJSONArray("aliases"))
                .isEmpty();
        JSONObject one = json(j, "auditor", "mlops/servedAt?endpoint=iris&time=" + now.replace("Z", "%2B00:00"));
        assertJson(one.getJSONArray("aliases")).isEmpty();
        assertJson(one.getJSONArray("endpoints")).hasSize(1);
        assertJson(json(j, "auditor", "mlops/servedAt?model=other&time=" + now).getJSONArray("aliases"))
                .isEmpty();
        for (String wrong :
                new String[] {"", "yesterday", "2026-01-31T09:30:00", "9".repeat(30), "2026-13-01T00:00:00Z"}) {
            WebResponse answer = RegistryFixture.get(j, "auditor", "mlops/servedAt?time=" + wrong);
            assertThat(answer.getStatusCode()).as(wrong).isEqualTo(400);
            assertThat(answer.getContentAsString()).contains("with its zone");
        }
    }

    @Test
    void tellsOnlyOfJobsThatTheReaderMayRead(JenkinsRule j) throws Exception {
        j.createProject(WorkflowJob.class, "open");
        RegistryFixture.secure(j, "user", Item.READ);
        RegistryFixture.promote(RegistryFixture.version("open", "open"), "champion");
        RegistryFixture.promote(RegistryFixture.version("secret", "gone"), "champion");

        JSONArray aliases = json(
                        j, "user", "mlops/servedAt?time=" + Instant.now().plusSeconds(1))
                .getJSONArray("aliases");

        assertJson(aliases).hasSize(1);
        assertThat(aliases.toString()).contains("open").doesNotContain("secret");
    }
}
