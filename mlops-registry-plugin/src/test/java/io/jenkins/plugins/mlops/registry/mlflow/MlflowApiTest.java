package io.jenkins.plugins.mlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.net.http.HttpResponse;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Requests as MLflow's Python client sends them: artifacts through the proxy, models, versions, aliases. */
@WithJenkins
class MlflowApiTest {
    private static final String API = "api/2.0/mlflow/";
    private static final String FILES = "api/2.0/mlflow-artifacts/artifacts/";

    private JenkinsRule j;
    private String ann;

    @BeforeEach
    void logIn(JenkinsRule rule) {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(
                        Jenkins.READ,
                        MlopsPermissions.VIEW,
                        MlopsPermissions.REGISTER,
                        MlopsPermissions.REQUEST_PROMOTION)
                .everywhere()
                .to("ann")
                .grant(Jenkins.READ)
                .everywhere()
                .to("bob"));
        ann = Clients.basic(j, "ann");
    }

    private HttpResponse<String> call(String verb, String path, String body) throws Exception {
        return Clients.send(j, ann, verb, path, body);
    }

    private String run() throws Exception {
        String body =
                call("POST", API + "runs/create", "{\"experiment_id\":\"0\"}").body();
        return body.replaceAll("(?s).*\"run_id\":\"([0-9a-f]{32})\".*", "$1");
    }

    @Test
    void filesGoInAndOut() throws Exception {
        String root = FILES + "0/" + run() + "/artifacts";
        assertThat(call("PUT", root + "/model/MLmodel", "flavors: x").body()).isEqualTo("{}");
        assertThat(call("PUT", root + "/model/a%20b.bin", "0123456789").statusCode())
                .isEqualTo(200);
        HttpResponse<String> got = call("GET", root + "/model/a%20b.bin", "");
        assertThat(got.body()).isEqualTo("0123456789");
        assertThat(got.headers().firstValue("Content-Disposition")).contains("attachment");
        String folder = root.substring(FILES.length()) + "/model";
        assertThat(call("GET", FILES.replaceFirst("/$", "") + "?path=" + folder, "")
                        .body())
                .isEqualTo("{\"files\":[{\"path\":\"MLmodel\",\"is_dir\":false,\"file_size\":10},"
                        + "{\"path\":\"a b.bin\",\"is_dir\":false,\"file_size\":10}]}");
        assertThat(call("DELETE", root + "/model/MLmodel", "").statusCode()).isEqualTo(200);
        assertThat(call("GET", root + "/model/MLmodel", "").statusCode()).isEqualTo(404);
    }

    @Test
    void noPathLeadsOut() throws Exception {
        String root = FILES + "0/" + run() + "/artifacts/";
        for (String path : List.of(
                "%2e%2e/x",
                "..%2f..%2fx",
                "a/%2e%2e/%2e%2e/x",
                "%252e%252e%252fx",
                "a%5c..%5cx",
                "a%00",
                "c%3a%5cx",
                "a%23b",
                "x%2fy",
                "file%3a/etc/passwd",
                "a//b",
                "%c0%ae%c0%ae/x")) {
            assertThat(Clients.sendAlone(j, ann, "PUT", root + path, "x").statusCode())
                    .as(path)
                    .isBetween(400, 404);
        }
    }

    @Test
    void aliasesMoveByThePolicyAlone() throws Exception {
        String id = run();
        call("PUT", FILES + "0/" + id + "/artifacts/m/MLmodel", "x");
        assertThat(call("POST", API + "registered-models/create", "{\"name\":\"iris\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(call("POST", API + "registered-models/create", "{\"name\":\"iris\"}")
                        .body())
                .contains("RESOURCE_ALREADY_EXISTS");
        String version = "{\"name\":\"iris\",\"source\":\"mlflow-artifacts:/0/" + id + "/artifacts/m\",\"run_id\":\""
                + id + "\"}";
        assertThat(call("POST", API + "model-versions/create", version).body())
                .contains("\"version\":\"1\"")
                .contains("\"status\":\"READY\"");
        assertThat(call("POST", API + "model-versions/create", version.replace("mlflow-artifacts:/0", "file:///etc"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(call("PUT", FILES + "0/" + id + "/artifacts/m/MLmodel", "changed")
                        .statusCode())
                .isEqualTo(403);
        String move = "{\"name\":\"iris\",\"alias\":\"champion\",\"version\":\"1\"}";
        assertThat(call("POST", API + "registered-models/alias", move).body()).isEqualTo("{}");
        assertThat(call("GET", API + "registered-models/alias?name=iris&alias=champion", "")
                        .body())
                .contains("\"version\":\"1\"")
                .contains("\"aliases\":[\"champion\"]");

        call("POST", API + "model-versions/create", version);
        RegistryConnection.get()
                .registry()
                .setPolicy(PromotionPolicy.byDefault().withModel("iris", 0).withApprovals("1 of managers"), "admin");
        HttpResponse<String> refused = call("POST", API + "registered-models/alias", move.replace("\"1\"", "\"2\""));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("PERMISSION_DENIED").contains("promotion policy");
        assertThat(call("GET", API + "registered-models/alias?name=iris&alias=champion", "")
                        .body())
                .contains("\"version\":\"1\"");
    }

    @Test
    void doorsAreClosedToOthers() throws Exception {
        assertThat(Clients.send(j, "", "GET", API + "runs/get?run_id=x", "").statusCode())
                .isEqualTo(403);
        assertThat(Clients.send(j, "Bearer " + "0".repeat(64), "POST", API + "runs/create", "{}")
                        .statusCode())
                .isEqualTo(401);
        for (String path : List.of("ledger", "models/", "api/json", "api%2F2.0%2Fmlflow%2Fx/ledger", "endpoints")) {
            assertThat(Clients.send(j, "Bearer x", "GET", path, "").statusCode())
                    .as(path)
                    .isIn(403, 404);
        }
        assertThat(Clients.send(
                                j,
                                Clients.basic(j, "bob"),
                                "POST",
                                API + "registered-models/create",
                                "{\"name\":\"x\"}")
                        .body())
                .contains("PERMISSION_DENIED");
        HttpResponse<String> unknown = call("GET", API + "no/such", "");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(call("GET", "version", "").body()).isEqualTo("2.12.2");
    }
}
