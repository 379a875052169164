package io.jenkins.mlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookFormatTest {
    private static final String ALERTS = """
            {"receiver":"jenkins","status":"firing","alerts":[
              {"status":"firing","labels":{"alertname":"ModelDrift","model":"churn"},
               "annotations":{"summary":"PSI 0.4\\n<b>x</b>"},
               "startsAt":"2026-01-31T09:30:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"abc"},
              {"status":"resolved","labels":{"alertname":"ModelDrift","model":"churn"},
               "startsAt":"2026-01-30T09:30:00Z","fingerprint":"def"},
              {"status":"firing","labels":{"alertname":"ModelDrift","model":"fraud"},
               "startsAt":"2026-01-31T09:31:00Z","fingerprint":"ghi"}],
             "groupLabels":{},"commonLabels":{},"externalURL":"http://am","version":"4","groupKey":"{}","truncatedAlerts":0}
            """;
    private static final String S3 = """
            {"EventName":"s3:ObjectCreated:Put","Key":"data/train/a b.csv","Records":[{"eventVersion":"2.0",
              "eventSource":"minio:s3","eventTime":"2026-01-31T09:30:00.000Z","eventName":"s3:ObjectCreated:Put",
              "s3":{"bucket":{"name":"data"},"object":{"key":"train%2Fa+b.csv","size":5,"eTag":"e1","sequencer":"17"}}}]}
            """;
    private static final String CLOUD = """
            {"specversion":"1.0","type":"org.kubeflow.serving.inference.response","source":"http://kserve/churn","id":"7",
             "subject":"churn","time":"2026-01-31T09:30:00Z","datacontenttype":"application/json","data":{"a":1}}
            """;

    private static WebhookRequest request(String body, String... headers) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new WebhookRequest(map, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void alertsThatFireWithTheLabels() throws Exception {
        List<WebhookEvent> events =
                AlertmanagerFormat.of("alertname=ModelDrift, model=churn").events(request(ALERTS));
        assertThat(events).hasSize(1);
        assertThat(events.get(0).id()).isEqualTo("alertmanager abc 2026-01-31T09:30:00Z");
        assertThat(events.get(0).summary())
                .isEqualTo("alert ModelDrift fires since 2026-01-31T09:30:00Z: PSI 0.4 <b>x</b>");
        assertThat(events.get(0).attributes()).containsEntry("model", "churn");
        assertThat(AlertmanagerFormat.of("").events(request(ALERTS))).hasSize(2);
        assertThatThrownBy(() -> AlertmanagerFormat.of("alertname=~Model.*")).hasMessageContaining("expected labels");
        assertThatThrownBy(() -> AlertmanagerFormat.of("alertname")).hasMessageContaining("expected labels");
    }

    @Test
    void objectsOfABucket() throws Exception {
        List<WebhookEvent> events = new S3Format("data", "train/", ".csv").events(request(S3));
        assertThat(events).hasSize(1);
        assertThat(events.get(0).summary()).isEqualTo("ObjectCreated:Put of data/train/a b.csv");
        assertThat(new S3Format("data", "test/", "").events(request(S3))).isEmpty();
        assertThat(new S3Format("other", "", "").events(request(S3))).isEmpty();
        assertThat(new S3Format("", "", "").events(request(S3.replace("ObjectCreated", "ObjectAccessed"))))
                .isEmpty();
    }

    @Test
    void cloudEventsInBothModes() throws Exception {
        CloudEventFormat format = new CloudEventFormat("org.kubeflow.*", "");
        WebhookEvent structured = format.events(
                        request(CLOUD, "Content-Type", "application/cloudevents+json; charset=utf-8"))
                .get(0);
        WebhookEvent binary = format.events(request(
                        "{\"a\":1}",
                        "Content-Type",
                        "application/json",
                        "ce-specversion",
                        "1.0",
                        "ce-type",
                        "org.kubeflow.serving.inference.response",
                        "ce-source",
                        "http://kserve/churn",
                        "ce-id",
                        "7",
                        "ce-time",
                        "2026-01-31T09:30:00Z",
                        "ce-subject",
                        "churn"))
                .get(0);
        assertThat(binary).isEqualTo(structured);
        assertThat(structured.summary())
                .isEqualTo("org.kubeflow.serving.inference.response from http://kserve/churn on churn");
        assertThat(new CloudEventFormat("org.other", "")
                        .events(request(CLOUD, "Content-Type", "application/cloudevents+json")))
                .isEmpty();
        assertThatThrownBy(() -> format.events(request("{}", "Content-Type", "application/json")))
                .hasMessageContaining("lacks specversion");
        assertThatThrownBy(() -> format.events(
                        request(CLOUD.replace("\"1.0\"", "\"0.3\""), "Content-Type", "application/cloudevents+json")))
                .hasMessageContaining("version 1");
    }

    @Test
    void mlflowEvents() throws Exception {
        String body =
                "{\"entity\":\"model_version_alias\",\"action\":\"created\",\"timestamp\":\"2026-01-31T09:30:00+00:00\","
                        + "\"data\":{\"name\":\"churn\",\"alias\":\"champion\",\"version\":\"3\"}}";
        WebhookRequest request = request(body, "X-MLflow-Delivery-Id", "d-1");
        WebhookEvent event = new MlflowFormat("model_version_alias.created", "churn")
                .events(request)
                .get(0);
        assertThat(event.summary()).isEqualTo("model_version_alias.created of churn version 3, alias champion");
        assertThat(event.attributes()).containsEntry("version", "3");
        assertThat(new MlflowFormat("model_version.created", "").events(request))
                .isEmpty();
        assertThat(new MlflowFormat("", "fraud").events(request)).isEmpty();
    }

    @Test
    void anyJsonByAPointer() throws Exception {
        WebhookRequest request = request("{\"data\":{\"status\":\"done\",\"n\":[1,2]},\"id\":\"7\"}");
        assertThat(new JsonFormat("/data/status", "done", "/id")
                        .events(request)
                        .get(0)
                        .id())
                .isEqualTo("json 7");
        assertThat(new JsonFormat("/data/status", "failed", "").events(request)).isEmpty();
        assertThat(new JsonFormat("/data/absent", "", "").events(request)).isEmpty();
        assertThat(new JsonFormat("/data/n/1", "2", "").events(request)).hasSize(1);
        assertThat(new JsonFormat("", "", "").events(request)).hasSize(1);
        assertThatThrownBy(() -> new JsonFormat("data/status", "", "")).hasMessageContaining("JSON Pointer");
        assertThatThrownBy(() -> new JsonFormat("", "", "/data").events(request))
                .hasMessageContaining("id of the event");
    }

    @Test
    void garbageIsRefusedInWords() {
        List<WebhookFormat> formats = List.of(
                AlertmanagerFormat.of(""),
                new S3Format("", "", ""),
                new CloudEventFormat("", ""),
                new MlflowFormat("", ""),
                new JsonFormat("/a", "b", ""));
        String deep = "[".repeat(100_000);
        for (WebhookFormat format : formats) {
            for (String body : List.of(
                    "",
                    "{",
                    "nul",
                    "{\"a\":1,\"a\":2}",
                    deep,
                    "\u0000",
                    "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\"}]}x")) {
                assertThatThrownBy(() -> format.events(request(body, "Content-Type", "application/cloudevents+json")))
                        .as(format + " " + body.substring(0, Math.min(20, body.length())))
                        .isInstanceOf(WebhookException.class);
            }
        }
        byte[] whole = ALERTS.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < whole.length - 2; cut++) {
            byte[] part = Arrays.copyOf(whole, cut);
            assertThatThrownBy(() -> AlertmanagerFormat.of("").events(new WebhookRequest(Map.of(), part)))
                    .isInstanceOf(WebhookException.class);
        }
    }

    @Test
    void whatStrangersWriteIsCutToOneLine() {
        WebhookEvent event = new WebhookEvent("x", "a\u001b[31m\r\nb" + "c".repeat(1_000), Map.of("k\n", "v\u0007v"));
        assertThat(event.summary()).startsWith("a [31m b").hasSize(303).doesNotContain("\n");
        assertThat(event.attributes()).containsOnly(Map.entry("k", "v v"));
    }
}
