package io.jenkins.plugins.mlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.mlops.json.Json;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What goes wrong between MLflow's clients and Jenkins: many at once, cut off, hostile. */
@WithJenkins
class MlflowFaultsTest {
    private static final String API = "api/2.0/mlflow/";
    private static final String FILES = "api/2.0/mlflow-artifacts/artifacts/";

    private JenkinsRule j;
    private String ann;

    @BeforeEach
    void logIn(JenkinsRule rule) {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, MlopsPermissions.VIEW, MlopsPermissions.REGISTER)
                .everywhere()
                .to("ann"));
        ann = Clients.basic(j, "ann");
    }

    private HttpResponse<String> call(String verb, String path, String body) throws Exception {
        return Clients.send(j, ann, verb, path, body);
    }

    private String run() throws Exception {
        return Json.tree(call("POST", API + "runs/create", "{\"experiment_id\":\"0\"}")
                        .body())
                .at("/run/info/run_id")
                .asText();
    }

    @Test
    void aThousandBatchesAtOnceAreAllThere() throws Exception {
        String run = run();
        HttpClient client = HttpClient.newHttpClient();
        Semaphore open = new Semaphore(100);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String body = "{\"run_id\":\"" + run + "\",\"metrics\":[{\"key\":\"loss\",\"value\":" + i
                    + ",\"timestamp\":" + i + ",\"step\":" + i + "},{\"key\":\"m" + i % 10
                    + "\",\"value\":1,\"timestamp\":"
                    + i + ",\"step\":" + i + "}],\"params\":[{\"key\":\"p" + i % 50 + "\",\"value\":\"x\"}]}";
            HttpRequest request = HttpRequest.newBuilder(URI.create(Clients.host(j) + "/" + API + "runs/log-batch"))
                    .header("Authorization", ann)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            open.acquire();
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .thenApply(HttpResponse::statusCode)
                    .whenComplete((status, failure) -> open.release()));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        JsonNode kept = Json.tree(
                        call("GET", API + "runs/get?run_id=" + run, "").body())
                .at("/run/data");
        assertThat(kept.path("metrics")).hasSize(11);
        assertThat(kept.path("params")).hasSize(50);
        JsonNode series = Json.tree(call("GET", API + "metrics/get-history?run_id=" + run + "&metric_key=loss", "")
                        .body())
                .path("metrics");
        assertThat(series).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(series.get(i).path("step").asInt()).isEqualTo(i);
        }
    }

    @Test
    void whatIsCutOffIsNotThere() throws Exception {
        String run = run();
        String path = "0/" + run + "/artifacts/model.bin";
        call("PUT", FILES + path, "before");
        URI target = URI.create(Clients.host(j) + "/" + FILES + path);
        for (String lines : new String[] {
            "Content-Length: 1000000\r\n\r\n" + "x".repeat(70_000),
            "Transfer-Encoding: chunked\r\n\r\nff\r\n" + "x".repeat(100)
        }) {
            try (Socket socket = new Socket(target.getHost(), target.getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(("PUT " + target.getRawPath() + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + ann + "\r\n"
                                + lines)
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                socket.shutdownOutput();
                // The server ends: nothing more can come.
                InputStream in = socket.getInputStream();
                in.readAllBytes();
            }
            assertThat(call("GET", FILES + path, "").body()).isEqualTo("before");
        }
        try (Stream<Path> left = Files.walk(j.jenkins.getRootDir().toPath().resolve("mlops/artifacts"))) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(1);
        }
        assertThat(Json.tree(call("GET", API + "artifacts/list?run_id=" + run, "")
                                .body())
                        .path("files"))
                .hasSize(1);
    }

    @Test
    void sendsTheBytesThatAreAskedFor() throws Exception {
        String path = FILES + "0/" + run() + "/artifacts/ten";
        call("PUT", path, "0123456789");
        String[][] ranges = {
            {"bytes=2-4", "206", "234", "bytes 2-4/10"},
            {"bytes=7-", "206", "789", "bytes 7-9/10"},
            {"bytes=-3", "206", "789", "bytes 7-9/10"},
            {"bytes=5-99", "206", "56789", "bytes 5-9/10"},
            {"bytes=10-", "416", "", "bytes */10"},
            {"bytes=0-1,3-4", "200", "0123456789", ""},
            {"lines=1-2", "200", "0123456789", ""}
        };
        for (String[] range : ranges) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(Clients.host(j) + "/" + path))
                                    .header("Authorization", ann)
                                    .header("Range", range[0])
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(range[0]).isEqualTo(Integer.parseInt(range[1]));
            assertThat(answer.body()).as(range[0]).isEqualTo(range[2]);
            assertThat(answer.headers().firstValue("Content-Range").orElse("")).isEqualTo(range[3]);
        }
    }

    @Test
    void tokensAreThoseOfTheirQuery() throws Exception {
        for (int i = 0; i < 3; i++) {
            run();
        }
        String search = "{\"experiment_ids\":[\"0\"],\"max_results\":1,\"filter\":\"%s\",\"page_token\":\"%s\"}";
        String token = Json.tree(call("POST", API + "runs/search", search.formatted("", ""))
                        .body())
                .path("next_page_token")
                .asText();
        assertThat(call("POST", API + "runs/search", search.formatted("", token))
                        .statusCode())
                .isEqualTo(200);
        for (String other : new String[] {
            search.formatted("status = 'RUNNING'", token),
            search.formatted("", token.substring(1)),
            search.formatted("", "AAAA"),
            search.formatted("", "' OR 1=1")
        }) {
            assertThat(call("POST", API + "runs/search", other).body()).contains("INVALID_PARAMETER_VALUE");
        }
        assertThat(call("POST", API + "experiments/search", "{\"max_results\":1,\"page_token\":\"" + token + "\"}")
                        .body())
                .contains("another query");
    }

    @Test
    void filtersStayFilters() throws Exception {
        String run = run();
        call("POST", API + "runs/set-tag", "{\"run_id\":\"" + run + "\",\"key\":\"a\",\"value\":\"b\"}");
        for (String filter : List.of(
                "tags.a = 'x' OR 1=1",
                "tags.a = 'b'; DROP TABLE mlops_run",
                "tags.a = 'b' UNION SELECT 1",
                "tags.a = 'b' --",
                "run_id = (SELECT 1)",
                "tags.\"a' = 'b\" LIKE 1")) {
            HttpResponse<String> answer = call(
                    "POST", API + "runs/search", "{\"experiment_ids\":[\"0\"],\"filter\":" + Json.write(filter) + "}");
            assertThat(answer.statusCode()).as(filter).isEqualTo(400);
        }
        for (String nothing :
                List.of("tags.a = 'x'' OR ''1''=''1'", "tags.\"a' OR '1'='1\" = 'b'", "tags.a LIKE '!%'")) {
            assertThat(call(
                                    "POST",
                                    API + "runs/search",
                                    "{\"experiment_ids\":[\"0\"],\"filter\":" + Json.write(nothing) + "}")
                            .body())
                    .as(nothing)
                    .isEqualTo("{}");
        }
        assertThat(call(
                                "POST",
                                API + "runs/search",
                                "{\"experiment_ids\":[\"0' OR '1'='1\"],\"order_by\":[\"metrics.x; DROP TABLE x\"]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void undefinedNumbersComeBackAsTheyWent() throws Exception {
        String run = run();
        for (String value : List.of("NaN", "Infinity", "-Infinity")) {
            assertThat(call(
                                    "POST",
                                    API + "runs/log-metric",
                                    "{\"run_id\":\"" + run + "\",\"key\":\"" + value + "\",\"value\":\"" + value
                                            + "\",\"timestamp\":1}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(call("GET", API + "metrics/get-history?run_id=" + run + "&metric_key=" + value, "")
                            .body())
                    .isEqualTo("{\"metrics\":[{\"key\":\"" + value + "\",\"value\":\"" + value
                            + "\",\"timestamp\":1,\"step\":0}]}");
        }
        assertThat(Json.tree(call(
                                        "POST",
                                        API + "runs/search",
                                        "{\"experiment_ids\":[\"0\"],\"filter\":\"metrics.Infinity > 5\"}")
                                .body())
                        .path("runs"))
                .hasSize(1);
        assertThat(call(
                                "POST",
                                API + "runs/log-metric",
                                "{\"run_id\":\"" + run + "\",\"key\":\"x\",\"value\":\"much\",\"timestamp\":1}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void noSourceLeadsOut() throws Exception {
        String run = run();
        call("PUT", FILES + "0/" + run + "/artifacts/m/MLmodel", "x");
        call("POST", API + "registered-models/create", "{\"name\":\"iris\"}");
        List<String> sources = new ArrayList<>(List.of(
                "/etc/passwd",
                "file:///etc/passwd",
                "file:/etc",
                "FILE:///etc",
                "file://localhost/etc",
                "C:\\\\windows",
                "\\\\\\\\host\\\\share",
                "http://127.0.0.1:1/",
                "https://x/../..",
                "s3://bucket/x",
                "ftp://x/y",
                "jar:file:/x!/y",
                "dbfs:/x",
                "runs:/" + run + "#/../../../etc",
                "runs:/" + run + "?a/../..",
                "runs:/../" + run,
                "models:/iris/1",
                "models:/m-" + "0".repeat(32),
                "models:/m-" + "0".repeat(32) + "/../x",
                "mlflow-artifacts:/",
                "mlflow-artifacts:/0/" + run,
                "mlflow-artifacts:/0/" + run + "/other/m",
                "mlflow-artifacts:/0/models/" + run + "/artifacts/m",
                "mlflow-artifacts:/0/m-" + run + "/artifacts/m",
                "mlflow-artifacts://../0/" + run + "/artifacts/m",
                "MLFLOW-ARTIFACTS:/0/" + run + "/artifacts/m",
                " mlflow-artifacts:/0/" + run + "/artifacts/m"));
        for (String up : List.of(
                "..",
                "%2e%2e",
                "%252e%252e",
                "%25252e%25252e",
                ".%2e",
                "%2e.",
                "..%00",
                "..;",
                "..#",
                "%2e%2e%2f",
                "..%2f",
                "..%5c",
                "..\\\\",
                "%c0%ae%c0%ae",
                "%uff0e%uff0e",
                "\\uff0e\\uff0e",
                "\\u2025",
                "....//",
                ". .",
                ".",
                "")) {
            sources.add("mlflow-artifacts:/0/" + run + "/artifacts/" + up + "/" + up + "/etc");
            sources.add("mlflow-artifacts:/0/" + up + "/" + run + "/artifacts/m");
            sources.add("runs:/" + run + "/" + up + "/" + up + "/m");
        }
        assertThat(sources).hasSizeGreaterThan(85);
        for (String source : sources) {
            HttpResponse<String> answer = call(
                    "POST",
                    API + "model-versions/create",
                    "{\"name\":\"iris\",\"source\":\"" + source + "\",\"run_id\":\"" + run + "\"}");
            assertThat(answer.statusCode()).as(source + answer.body()).isIn(400, 404);
            assertThat(answer.body()).as(source).contains("error_code").doesNotContain("root:");
            HttpResponse<String> listed = call(
                    "GET",
                    FILES.replaceFirst("/$", "") + "?path="
                            + java.net.URLEncoder.encode(
                                    source.replace("mlflow-artifacts:/", "").replace("runs:/", "0/"),
                                    StandardCharsets.UTF_8),
                    "");
            assertThat(listed.body()).as(source).doesNotContain("passwd\"").doesNotContain("registry.mv.db");
        }
        assertThat(Json.tree(call("GET", API + "registered-models/get?name=iris", "")
                                .body())
                        .at("/registered_model/latest_versions"))
                .as("no version was made of any of them")
                .isEmpty();
    }
}
