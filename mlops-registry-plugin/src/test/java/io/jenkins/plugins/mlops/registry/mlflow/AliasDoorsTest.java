package io.jenkins.plugins.mlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every door of MLflow's API that could move an alias, or what it points at, past a model's promotion policy. */
@WithJenkins
class AliasDoorsTest {
    private static final String API = "api/2.0/mlflow/";
    private static final String FILES = "api/2.0/mlflow-artifacts/artifacts/0/";

    private JenkinsRule j;
    private String run;

    @BeforeEach
    void twoVersionsOfWhichTheFirstIsChampion(JenkinsRule rule) throws Exception {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(
                        Jenkins.READ,
                        MlopsPermissions.VIEW,
                        MlopsPermissions.REGISTER,
                        MlopsPermissions.REQUEST_PROMOTION)
                .everywhere()
                .to("ann")
                .grant(Jenkins.READ, MlopsPermissions.VIEW, MlopsPermissions.REGISTER)
                .everywhere()
                .to("rita")
                .grant(Jenkins.READ, MlopsPermissions.VIEW)
                .everywhere()
                .to("vera")
                .grant(Jenkins.READ)
                .everywhere()
                .to("bob"));
        String made = as("ann", "POST", API + "runs/create", "{\"experiment_id\":\"0\"}")
                .body();
        run = made.replaceAll("(?s).*\"run_id\":\"([0-9a-f]{32})\".*", "$1");
        as(
                "ann",
                "POST",
                API + "runs/log-metric",
                "{\"run_id\":\"" + run + "\",\"key\":\"roc_auc\",\"value\":0.95,\"timestamp\":1}");
        as("ann", "PUT", FILES + run + "/artifacts/m/MLmodel", "x");
        as("ann", "POST", API + "registered-models/create", "{\"name\":\"iris\"}");
        register();
        assertThat(as("ann", "POST", API + "registered-models/alias", alias("1"))
                        .statusCode())
                .isEqualTo(200);
        register();
        policy(PromotionPolicy.byDefault().withModel("iris", 0).withApprovals("1 of managers"));
    }

    private void register() throws Exception {
        assertThat(as(
                                "ann",
                                "POST",
                                API + "model-versions/create",
                                "{\"name\":\"iris\",\"source\":\"mlflow-artifacts:/0/" + run
                                        + "/artifacts/m\",\"run_id\":\"" + run + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private static void policy(PromotionPolicy policy) {
        RegistryConnection.get().registry().setPolicy(policy, "admin");
    }

    private HttpResponse<String> as(String user, String verb, String path, String body) throws Exception {
        return Clients.send(j, Clients.basic(j, user), verb, path, body);
    }

    private static String alias(String version) {
        return "{\"name\":\"iris\",\"alias\":\"champion\",\"version\":\"" + version + "\"}";
    }

    private static int champion() {
        return RegistryConnection.get()
                .registry()
                .byAlias("iris", "champion")
                .map(version -> version.number())
                .orElse(0);
    }

    /** A call that could move something, and whether whoever may register and ask is let to make a request of it. */
    private record Door(String verb, String path, String body) {}

    private static List<Door> doors() {
        return List.of(
                new Door("POST", "registered-models/alias", alias("2")),
                new Door("POST", "registered-models/alias", alias("2").replace("champion", "Champion")),
                new Door("DELETE", "registered-models/alias", "{\"name\":\"iris\",\"alias\":\"champion\"}"),
                new Door(
                        "POST",
                        "model-versions/transition-stage",
                        "{\"name\":\"iris\",\"version\":\"2\",\"stage\":\"Production\",\"archive_existing_versions\":true}"),
                new Door(
                        "POST",
                        "model-versions/transition-stage",
                        "{\"name\":\"iris\",\"version\":\"2\",\"stage\":\"Staging\"}"),
                new Door("DELETE", "model-versions/delete", "{\"name\":\"iris\",\"version\":\"1\"}"),
                new Door("DELETE", "registered-models/delete", "{\"name\":\"iris\"}"),
                new Door("POST", "registered-models/rename", "{\"name\":\"iris\",\"new_name\":\"lily\"}"),
                new Door(
                        "POST",
                        "model-versions/set-tag",
                        "{\"name\":\"iris\",\"version\":\"1\",\"key\":\"mlops.stage\",\"value\":\"Production\"}"),
                new Door(
                        "DELETE",
                        "model-versions/delete-tag",
                        "{\"name\":\"iris\",\"version\":\"1\",\"key\":\"mlops.stage\"}"));
    }

    @Test
    void noDoorMovesAnAliasPastThePolicy() throws Exception {
        for (String user : List.of("ann", "rita", "vera", "bob")) {
            for (String root : List.of(API, "api/2.0/preview/mlflow/")) {
                for (Door door : doors()) {
                    HttpResponse<String> answer = as(user, door.verb(), root + door.path(), door.body());
                    assertThat(answer.statusCode())
                            .as(user + " " + door + answer.body())
                            .isBetween(400, 404);
                    assertThat(answer.body())
                            .as(user + " " + door)
                            .matches("(?s)\\{\"error_code\":\"[A-Z_]+\",\"message\":\".+\"}");
                    assertThat(RegistryConnection.get().registry().model("iris").aliases())
                            .as(user + " " + door)
                            .isEqualTo(Map.of("champion", 1));
                }
            }
        }
        assertThat(as("ann", "PUT", FILES + run + "/artifacts/m/MLmodel", "other")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as("ann", "DELETE", FILES + run + "/artifacts", "").statusCode())
                .isEqualTo(403);
        assertThat(RegistryConnection.get()
                        .registry()
                        .promotionsOf("iris", Page.Request.first(50))
                        .items())
                .as("one request for each alias, however often it is asked for")
                .filteredOn(promotion -> promotion.state().isOpen())
                .extracting(promotion -> promotion.alias())
                .containsExactlyInAnyOrder("champion", "Champion", "production", "staging");
    }

    @Test
    void anAdministratorTakesAliasesAwayAndNothingElse() throws Exception {
        assertThat(as("root", "DELETE", API + "registered-models/delete", "{\"name\":\"iris\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(as("root", "POST", API + "registered-models/alias", alias("2"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(champion()).isEqualTo(1);
        assertThat(as("root", "DELETE", API + "registered-models/alias", "{\"name\":\"iris\",\"alias\":\"champion\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(champion()).isZero();
    }

    @Test
    void loggedMetricsAreEvidenceAndWhatNeedsRowsIsRefusedInWords() throws Exception {
        gates("[{\"gate\":\"threshold\",\"metric\":\"roc_auc\",\"atLeast\":0.9}]");
        assertThat(as("ann", "POST", API + "registered-models/alias", alias("2"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(champion()).isEqualTo(2);

        gates("[{\"gate\":\"threshold\",\"metric\":\"roc_auc\",\"atLeast\":0.99}]");
        HttpResponse<String> low = as("ann", "POST", API + "registered-models/alias", alias("1"));
        assertThat(low.statusCode()).isEqualTo(403);
        assertThat(low.body()).contains("PERMISSION_DENIED").contains("rejected");

        gates("[{\"gate\":\"sampleSize\",\"atLeast\":100}]");
        assertThat(as("ann", "POST", API + "registered-models/alias", alias("1"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(RegistryConnection.get()
                        .registry()
                        .promotionsOf("iris", Page.Request.first(1))
                        .items()
                        .get(0)
                        .gateReportJson())
                .contains("none stated");
        assertThat(champion()).isEqualTo(2);
        assertThat(RegistryConnection.get()
                        .registry()
                        .promotionsOf("iris", Page.Request.first(1))
                        .items()
                        .get(0)
                        .state())
                .isEqualTo(PromotionState.REJECTED);
    }

    @Test
    void whatTheRunLogsLaterIsNoEvidence() throws Exception {
        as(
                "ann",
                "POST",
                API + "runs/log-metric",
                "{\"run_id\":\"" + run + "\",\"key\":\"roc_auc\",\"value\":0.999,\"timestamp\":2,\"step\":9}");
        gates("[{\"gate\":\"threshold\",\"metric\":\"roc_auc\",\"atLeast\":0.99}]");
        assertThat(as("ann", "POST", API + "registered-models/alias", alias("2"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(champion()).isEqualTo(1);
    }

    private static void gates(String json) {
        policy(PromotionPolicy.byDefault().withModel("iris", 0).withGatesJson(json));
    }
}
