package io.jenkins.plugins.mlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.mlops.json.Json;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.net.http.HttpResponse;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Requests as MLflow's Python client 3 sends them: a model is logged, read back by its id and registered. */
@WithJenkins
class LoggedModelApiTest {
    private static final String API = "api/2.0/mlflow/";
    private static final String FILES = "api/2.0/mlflow-artifacts/artifacts/";

    private JenkinsRule j;
    private String ann;

    @BeforeEach
    void logIn(JenkinsRule rule) {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, MlopsPermissions.REGISTER, MlopsPermissions.REQUEST_PROMOTION)
                .everywhere()
                .to("ann", "carl")
                .grant(Jenkins.READ)
                .everywhere()
                .to("bob"));
        ann = Clients.basic(j, "ann");
    }

    private HttpResponse<String> call(String verb, String path, String body) throws Exception {
        return Clients.send(j, ann, verb, path, body);
    }

    private JsonNode json(String verb, String path, String body) throws Exception {
        HttpResponse<String> answer = call(verb, API + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.tree(answer.body());
    }

    private String run() throws Exception {
        return json("POST", "runs/create", "{\"experiment_id\":\"0\"}")
                .at("/run/info/run_id")
                .asText();
    }

    private JsonNode model(String fields) throws Exception {
        return json("POST", "logged-models", "{\"experiment_id\":\"0\"" + fields + "}")
                .at("/model/info");
    }

    @Test
    void isLoggedReadBackAndRegistered() throws Exception {
        String run = run();
        JsonNode begun = model(
                ",\"name\":\"tree\",\"model_type\":\"\",\"source_run_id\":\"" + run
                        + "\",\"params\":[{\"key\":\"depth\",\"value\":\"4\"}],\"tags\":[{\"key\":\"team\",\"value\":\"blue\"}]");
        String id = begun.path("model_id").asText();
        assertThat(begun.path("status").asText()).isEqualTo("LOGGED_MODEL_PENDING");
        assertThat(begun.path("artifact_uri").asText()).isEqualTo("mlflow-artifacts:/0/models/" + id + "/artifacts");
        assertThat(begun.has("model_type")).isFalse();

        String root = "0/models/" + id + "/artifacts";
        assertThat(call("PUT", FILES + root + "/MLmodel", "flavors: x").statusCode())
                .isEqualTo(200);
        assertThat(call("PUT", FILES + root + "/data/model.bin", "0123456789").statusCode())
                .isEqualTo(200);
        assertThat(call("GET", "api/2.0/mlflow-artifacts/artifacts?path=" + root, "")
                        .body())
                .isEqualTo("{\"files\":[{\"path\":\"MLmodel\",\"is_dir\":false,\"file_size\":10},"
                        + "{\"path\":\"data\",\"is_dir\":true}]}");
        assertThat(json("GET", "logged-models/" + id + "/artifacts/directories?artifact_directory_path=data", "")
                        .at("/files/0/path")
                        .asText())
                .isEqualTo("data/model.bin");
        json(
                "POST",
                "runs/outputs",
                "{\"run_id\":\"" + run + "\",\"models\":[{\"model_id\":\"" + id + "\",\"step\":3}]}");
        json(
                "POST",
                "runs/log-batch",
                "{\"run_id\":\"" + run + "\",\"metrics\":[{\"key\":\"acc\",\"value\":0.9,\"timestamp\":5,\"step\":1,"
                        + "\"model_id\":\"" + id + "\",\"dataset_name\":\"iris\",\"dataset_digest\":\"abcd1234\"}]}");
        assertThat(json(
                                "PATCH",
                                "logged-models/" + id,
                                "{\"model_id\":\"" + id + "\",\"status\":\"LOGGED_MODEL_READY\"}")
                        .at("/model/info/status")
                        .asText())
                .isEqualTo("LOGGED_MODEL_READY");
        json("PATCH", "logged-models/" + id + "/tags", "{\"tags\":[{\"key\":\"a/b\",\"value\":\"x\"}]}");
        assertThat(call("DELETE", API + "logged-models/" + id + "/tags/a/b", "").body())
                .isEqualTo("{}");
        json("POST", "logged-models/" + id + "/params", "{\"params\":[{\"key\":\"leaves\",\"value\":\"8\"}]}");

        JsonNode kept = json("GET", "logged-models/" + id, "").path("model");
        assertThat(kept.at("/data/params")).hasSize(2);
        assertThat(kept.at("/info/tags")).hasSize(1);
        assertThat(kept.at("/data/metrics/0").toString())
                .isEqualTo("{\"key\":\"acc\",\"value\":0.9,\"timestamp\":5,\"step\":1,\"dataset_name\":\"iris\","
                        + "\"dataset_digest\":\"abcd1234\",\"model_id\":\"" + id + "\",\"run_id\":\"" + run + "\"}");
        JsonNode made = json("GET", "runs/get?run_id=" + run, "").path("run");
        assertThat(made.at("/outputs/model_outputs/0/model_id").asText()).isEqualTo(id);
        assertThat(made.at("/outputs/model_outputs/0/step").asInt()).isEqualTo(3);
        assertThat(json(
                                "POST",
                                "logged-models/search",
                                "{\"experiment_ids\":[\"0\"],\"filter\":\"metrics.acc > 0.5 AND params.depth = '4'\","
                                        + "\"order_by\":[{\"field_name\":\"metrics.acc\",\"ascending\":false}]}")
                        .at("/models/0/info/model_id")
                        .asText())
                .isEqualTo(id);

        json("POST", "registered-models/create", "{\"name\":\"tree\"}");
        JsonNode version = json(
                        "POST",
                        "model-versions/create",
                        "{\"name\":\"tree\",\"source\":\"models:/" + id + "\",\"model_id\":\"" + id + "\"}")
                .path("model_version");
        assertThat(version.path("model_id").asText()).isEqualTo(id);
        assertThat(version.path("run_id").asText()).isEqualTo(run);
        assertThat(json("GET", "model-versions/get-download-uri?name=tree&version=1", "")
                        .path("artifact_uri")
                        .asText())
                .isEqualTo("mlflow-artifacts:/" + root);
        assertThat(call("PUT", FILES + root + "/MLmodel", "changed").body()).contains("PERMISSION_DENIED");
        assertThat(call("DELETE", FILES + root, "").body()).contains("PERMISSION_DENIED");
        json("POST", "registered-models/alias", "{\"name\":\"tree\",\"alias\":\"champion\",\"version\":\"1\"}");
        call("DELETE", API + "logged-models/" + id, "");
        assertThat(call("GET", API + "logged-models/" + id, "").statusCode()).isEqualTo(404);
        assertThat(json("GET", "logged-models/" + id + "?allow_deleted=true", "")
                        .has("model"))
                .isTrue();
    }

    @Test
    void oneWithoutARunIsItsMakersOwn() throws Exception {
        String id = model("").path("model_id").asText();
        call("PUT", FILES + "0/models/" + id + "/artifacts/MLmodel", "x");
        json("POST", "registered-models/create", "{\"name\":\"alone\"}");
        json("POST", "model-versions/create", "{\"name\":\"alone\",\"source\":\"models:/" + id + "\"}");
        assertThat(call("PUT", FILES + "0/models/" + id + "/artifacts/other", "x")
                        .body())
                .contains("PERMISSION_DENIED");
        for (String other : new String[] {"bob", "carl"}) {
            String basic = Clients.basic(j, other);
            assertThat(Clients.send(j, basic, "GET", API + "logged-models/" + id, "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(Clients.send(j, basic, "GET", FILES + "0/models/" + id + "/artifacts/MLmodel", "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(Clients.send(j, basic, "PATCH", API + "logged-models/" + id + "/tags", "{\"tags\":[]}")
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(Clients.send(j, Clients.basic(j, "bob"), "POST", API + "logged-models", "{\"experiment_id\":\"0\"}")
                        .body())
                .contains("PERMISSION_DENIED");
    }

    @Test
    void whatIsNoModelIsSaid() throws Exception {
        for (String id : new String[] {"m-1", "m-" + "0".repeat(32), "..", "m-" + "A".repeat(32)}) {
            assertThat(call("GET", API + "logged-models/" + id, "").statusCode())
                    .as(id)
                    .isIn(404);
        }
        assertThat(call("POST", API + "logged-models", "{\"experiment_id\":\"0\",\"name\":\"a/b\"}")
                        .body())
                .contains("INVALID_PARAMETER_VALUE")
                .contains("cannot contain");
        String id = model("").path("model_id").asText();
        assertThat(call("PATCH", API + "logged-models/" + id, "{\"status\":\"DONE\"}")
                        .body())
                .contains("LOGGED_MODEL_READY");
        assertThat(call("DELETE", API + "logged-models/" + id + "/tags/none", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(call("POST", API + "logged-models/search", "{}").body()).contains("experiment_ids");
        assertThat(call("GET", API + "logged-models/" + id + "/other", "")
                        .headers()
                        .firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    }

    @Test
    void olderAndNewerClientsFindWhatTheyAskFor() throws Exception {
        String preview = "api/2.0/preview/mlflow/";
        assertThat(call("POST", preview + "registered-models/create", "{\"name\":\"old\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(call("GET", preview + "registered-models/get?name=old", "").body())
                .contains("\"name\":\"old\"");
        String noPrompt =
                "registered-models/search?filter=name%20LIKE%20'o%25'%20AND%20tag.%60mlflow.prompt.is_prompt%60"
                        + "%20!%3D%20'true'";
        assertThat(json("GET", noPrompt, "").path("registered_models")).hasSize(1);
        for (String part : new String[] {"create", "complete", "abort"}) {
            HttpResponse<String> answer = call(
                    "POST",
                    "api/2.0/mlflow-artifacts/mpu/" + part + "/0/" + run() + "/artifacts/x",
                    "{\"path\":\"x\"}");
            assertThat(answer.statusCode()).isEqualTo(501);
            assertThat(answer.body())
                    .isEqualTo("{\"error_code\":\"NOT_IMPLEMENTED\",\"message\":\"Multipart upload is not supported for"
                            + " the current artifact repository\"}");
        }
        assertThat(call("GET", "api/2.0/mlflow-artifacts/presigned/0/x", "").statusCode())
                .isEqualTo(501);
        assertThat(call("POST", API + "artifacts/presigned-upload-url", "{\"run_id\":\"x\",\"path\":\"y\"}")
                        .body())
                .contains("INVALID_PARAMETER_VALUE");
    }

    @Test
    void thinsASpanOfStepsAndListsDatasets() throws Exception {
        String run = run();
        StringBuilder points = new StringBuilder();
        for (int step = 0; step < 100; step++) {
            points.append(step == 0 ? "" : ",")
                    .append("{\"key\":\"loss\",\"value\":" + step + ",\"timestamp\":1,\"step\":" + step + "}");
        }
        json("POST", "runs/log-batch", "{\"run_id\":\"" + run + "\",\"metrics\":[" + points + "]}");
        String bulk = "metrics/get-history-bulk-interval?run_ids=" + run + "&metric_key=loss";
        JsonNode span = json("GET", bulk + "&start_step=10&end_step=60&max_results=5", "")
                .path("metrics");
        assertThat(span.size()).isBetween(2, 5);
        assertThat(span.get(0).path("step").asInt()).isEqualTo(10);
        assertThat(span.get(span.size() - 1).path("step").asInt()).isEqualTo(60);
        assertThat(span.get(0).path("run_id").asText()).isEqualTo(run);
        assertThat(json("GET", bulk, "").path("metrics")).hasSize(100);
        assertThat(call("GET", API + bulk + "&start_step=10", "").statusCode()).isEqualTo(400);
        assertThat(json("GET", "metrics/get-history-bulk?run_id=" + run + "&metric_key=loss&max_results=7", "")
                        .path("metrics"))
                .hasSize(7);

        String read = model("").path("model_id").asText();
        String input =
                "{\"run_id\":\"" + run + "\",\"datasets\":[{\"tags\":[{\"key\":\"mlflow.data.context\",\"value\":"
                        + "\"test\"}],\"dataset\":{\"name\":\"iris\",\"digest\":\"12345678\",\"source_type\":\"local\","
                        + "\"source\":\"{}\"}}],\"models\":[{\"model_id\":\"" + read + "\"}]}";
        json("POST", "runs/log-inputs", input);
        assertThat(json("POST", "experiments/search-datasets", "{\"experiment_ids\":[\"0\"]}")
                        .toString())
                .isEqualTo("{\"dataset_summaries\":[{\"experiment_id\":\"0\",\"name\":\"iris\",\"digest\":\"12345678\","
                        + "\"context\":\"test\"}]}");
        assertThat(json("GET", "runs/get?run_id=" + run, "")
                        .at("/run/inputs/model_inputs/0/model_id")
                        .asText())
                .isEqualTo(read);
    }
}
