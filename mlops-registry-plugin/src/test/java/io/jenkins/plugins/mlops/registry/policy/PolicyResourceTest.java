package io.jenkins.plugins.mlops.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.PolicyOrigin;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.gates.NoWorseThanGate;
import io.jenkins.plugins.mlops.registry.gates.ThresholdGate;
import io.jenkins.plugins.mlops.registry.rest.RegistryFixture;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PolicyResourceTest {
    private static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static WebResponse post(JenkinsRule j, String user, String path) throws Exception {
        return RegistryFixture.call(j, user, HttpMethod.POST, path);
    }

    private static JSONObject json(WebResponse answer) throws Exception {
        assertThat(answer.getStatusCode()).as(answer.getContentAsString()).isEqualTo(200);
        return JSONObject.fromObject(answer.getContentAsString());
    }

    @Test
    void aPolicyIsSetShownAndKeptInItsHistory(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "lead", MlopsPermissions.CONFIGURE, MlopsPermissions.VIEW);
        String path = "mlops/models/m/setPolicy?rollbackApprovals=oncall&expiryHours=24&restoreAlias=true&approvals=";
        JSONObject set = json(post(
                j,
                "lead",
                path + text("2 of release-managers and 1 of risk") + "&changeWindows="
                        + text("zone Europe/Berlin\nMon-Fri 09:00-17:00")));
        assertThat(set.getString("approvals")).isEqualTo("2 of release-managers and 1 of risk");
        assertThat(set.getString("origin")).isEqualTo("PERSON");
        assertThat(set.getJSONArray("findings").toString())
                .contains("changeWindows", "after 24 h") // on a Sunday the next window itself is too far
                .contains("release-managers");
        assertThat(RegistryFixture.registry().policy("m").restoreAlias()).isTrue();
        json(post(j, "lead", "mlops/models/m/setPolicy?approvals=1&approvers=bob"));
        JSONObject history = json(RegistryFixture.get(j, "lead", "mlops/models/m/policyHistory"));
        assertThat(history.getJSONArray("policies").size()).isEqualTo(2);
        assertThat(history.getJSONArray("policies").getJSONObject(1).getString("setBy"))
                .isEqualTo("lead");

        for (String wrong : List.of(
                "",
                "approval=1",
                "approvals=" + text("2 of (alice"),
                "approvals=" + text("2 of user:bob"),
                "changeWindows=" + text("Mun 09:00-10:00"),
                "expiryHours=0",
                "gates=x",
                "gates="
                        + text("[{\"gate\":\"threshold\",\"metric\":\"auc\",\"atLeast\":0.9},"
                                + "{\"gate\":\"threshold\",\"metric\":\"roc_auc\",\"atMost\":0.8}]"),
                "restoreAlias=maybe")) {
            assertThat(post(j, "lead", "mlops/models/m/setPolicy?" + wrong).getStatusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(post(j, "reader", "mlops/models/m/setPolicy?approvals=1").getStatusCode())
                .isEqualTo(403);
        assertThat(RegistryFixture.get(j, "reader", "mlops/models/m/policyHistory")
                        .getStatusCode())
                .isEqualTo(403);
    }

    @Test
    void whatTheConfigurationSetsNobodyElseChanges(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "lead", MlopsPermissions.CONFIGURE, MlopsPermissions.VIEW);
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withModel("m", 0), "lead");
        ModelPolicy form = new ModelPolicy("m");
        form.setApprovals("alice or bob");
        form.setExpiryHours(5);
        NoWorseThanGate noWorse = new NoWorseThanGate("roc_auc");
        noWorse.setDirection("higher");
        ThresholdGate threshold = new ThresholdGate("recall");
        threshold.setAtLeast(0.9);
        form.setGates(List.of(noWorse, threshold));
        RegistryConfiguration.get().setPolicies(List.of(form));

        PromotionPolicy inForce = RegistryFixture.registry().policy("m");
        assertThat(inForce.origin()).isEqualTo(PolicyOrigin.CONFIGURATION);
        assertThat(inForce.approvals()).isEqualTo("alice or bob");
        assertThat(ModelPolicy.of(inForce).toPolicy(PolicyOrigin.CONFIGURATION)).isEqualTo(inForce.withModel("m", 0));
        assertThat(post(j, "lead", "mlops/models/m/setPolicy?approvals=0").getStatusCode())
                .isEqualTo(409);
        // Opened again, the same policy makes no new revision.
        RegistryConnection.get().close();
        assertThat(RegistryFixture.registry().policy("m").revision()).isEqualTo(inForce.revision());

        ModelPolicy twice = new ModelPolicy("m");
        assertThatThrownBy(() -> RegistryConfiguration.get().setPolicies(List.of(form, twice)))
                .hasMessageContaining("found two");
        twice.setApprovals("3 of (user:a, user:b)");
        assertThatThrownBy(() -> RegistryConfiguration.get().setPolicies(List.of(twice)))
                .hasMessageContaining("'m'")
                .hasMessageContaining("takes 3 different people");
        ModelPolicy contrary = new ModelPolicy("m");
        ThresholdGate ceiling = new ThresholdGate("recall");
        ceiling.setAtMost(0.5);
        contrary.setGates(List.of(threshold, ceiling));
        assertThatThrownBy(() -> RegistryConfiguration.get().setPolicies(List.of(contrary)))
                .hasMessageContaining("'m'")
                .hasMessageContaining("no evaluation passes both");
        assertThat(RegistryFixture.registry().policy("m")).isEqualTo(inForce);
        RegistryConfiguration.get().setPolicies(null);
        assertThat(post(j, "lead", "mlops/models/m/setPolicy?approvals=0").getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void aPersonAsksAfterTheBuildHasEnded(JenkinsRule j) throws Exception {
        RegistryFixture.secure(
                j, "lead", MlopsPermissions.REQUEST_PROMOTION, MlopsPermissions.VIEW, MlopsPermissions.APPROVE);
        ModelVersion version = RegistryFixture.version("m", "job");
        String path = "mlops/models/m/requestPromotion?comment=now&version=" + version.number();
        assertThat(json(post(j, "lead", path)).getString("state")).isEqualTo("APPLIED");
        assertThat(RegistryFixture.registry().byAlias("m", "champion")).contains(version);

        ModelVersion second = RegistryFixture.version("m", "job");
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("lead or ada"), "admin");
        String barred = "mlops/models/m/requestPromotion?version=" + second.number();
        JSONObject hopeless = json(post(j, "lead", barred));
        assertThat(hopeless.getString("state")).isEqualTo("REJECTED");
        assertThat(hopeless.getString("reason")).contains("Not enough people may approve it");
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("1 of anyone"), "admin");
        String id = json(post(j, "lead", barred)).getString("id");
        assertThat(post(j, "lead", "mlops/promotions/" + id + "/approve").getStatusCode())
                .isEqualTo(403);
        assertThat(json(post(j, "admin", "mlops/promotions/" + id + "/approve?comment=ok"))
                        .getString("state"))
                .isEqualTo("APPLIED");
        assertThat(post(j, "reader", barred).getStatusCode()).isEqualTo(403);
        assertThat(post(j, "lead", "mlops/models/m/requestPromotion?version=99").getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void anOverrideHasAPermissionOfItsOwn(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "captain", MlopsPermissions.OVERRIDE);
        ModelVersion version = RegistryFixture.version("m", "job");
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("1 of anyone"), "admin");
        String path = "mlops/models/m/override?alias=champion&version=" + version.number();
        assertThat(post(j, "reader", path + "&reason=x").getStatusCode()).isEqualTo(403);
        assertThat(post(j, "captain", path).getStatusCode()).isEqualTo(400);
        JSONObject done = json(post(j, "captain", path + "&reason=outage"));
        assertThat(done.getString("kind")).isEqualTo("OVERRIDE");
        assertThat(PromotionState.valueOf(done.getString("state"))).isEqualTo(PromotionState.APPLIED);
        assertThat(done.getString("reason")).contains("captain", "outage");
    }
}
