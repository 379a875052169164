package io.jenkins.mlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionFormatTest {
    private static final String EVENT = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/s\",\"type\":\"%s\","
            + "\"time\":\"2026-11-01T00:00:00Z\",\"data\":%s}";

    private static PredictionFormat.Predictions read(String type, String body, String... headers)
            throws WebhookException {
        Map<String, String> all = new java.util.HashMap<>(Map.of("Content-Type", type));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return PredictionFormat.of(new WebhookRequest(all, body.getBytes(StandardCharsets.UTF_8)), 7);
    }

    private static PredictionFormat.Predictions event(String type, String data) throws WebhookException {
        return read("application/cloudevents+json; charset=utf-8", EVENT.formatted(type, data));
    }

    @Test
    void readsJsonLines() throws WebhookException {
        PredictionFormat.Predictions read = read(
                "application/x-ndjson",
                "{\"id\":\"a\",\"x\":1,\"prediction\":\"y\\n\",\"time\":5}\r\n\n{\"x\":[1,2]}\n",
                "Idempotency-Key",
                "k");
        assertThat(read.lines())
                .containsExactly(
                        "{\"id\":\"a\",\"x\":1,\"prediction\":\"y\\n\",\"time\":5}", "{\"x\":[1,2],\"time\":7}");
        assertThat(read.key()).isEqualTo("key k");
        assertThat(read("application/json", "{\"x\":1}").key()).isEmpty();
        assertThat(read("application/json", "\n").lines()).isEmpty();
    }

    @Test
    void readsCloudEvents() throws WebhookException {
        PredictionFormat.Predictions one = event("org.x", "{\"x\":1}");
        assertThat(one.lines()).containsExactly("{\"x\":1,\"id\":\"e1\",\"time\":\"2026-11-01T00:00:00Z\"}");
        assertThat(one.key()).contains("/s", "e1");
        assertThat(read(
                        "application/json",
                        "{\"x\":1}",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "e1",
                        "ce-source",
                        "/s",
                        "ce-type",
                        "org.x",
                        "ce-time",
                        "2026-11-01T00:00:00Z"))
                .isEqualTo(one);
        assertThat(read(
                                "application/cloudevents-batch+json",
                                "[" + EVENT.formatted("a", "{\"x\":1}") + ","
                                        + EVENT.formatted("b", "[{\"x\":2},{\"x\":3}]") + "]")
                        .lines())
                .hasSize(3)
                .last()
                .asString()
                .contains("\"id\":\"e1/1\"");
    }

    @Test
    void readsWhatKServesLoggerSends() throws WebhookException {
        assertThat(event("org.kubeflow.serving.inference.request", "{\"instances\":[[1.5,2],[3,4]]}")
                        .lines())
                .containsExactly(
                        "{\"input\":[1.5,2],\"id\":\"e1/0\",\"time\":\"2026-11-01T00:00:00Z\"}",
                        "{\"input\":[3,4],\"id\":\"e1/1\",\"time\":\"2026-11-01T00:00:00Z\"}");
        assertThat(event("org.kubeflow.serving.inference.request", "{\"instances\":[{\"x\":1}]}")
                        .lines())
                .singleElement()
                .asString()
                .startsWith("{\"x\":1,\"id\":\"e1\"");
        assertThat(event(
                                "org.kubeflow.serving.inference.request",
                                "{\"inputs\":[{\"name\":\"a\",\"shape\":[2,2],\"data\":[1,2,3,4]},"
                                        + "{\"name\":\"b\",\"shape\":[2],\"data\":[\"u\",\"v\"]}]}")
                        .lines())
                .first()
                .asString()
                .startsWith("{\"a[0]\":1,\"a[1]\":2,\"b\":\"u\",\"id\":\"e1/0\"");
        assertThat(event("org.kubeflow.serving.inference.response", "{\"predictions\":[1]}")
                        .lines())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "[{}]",
                "{}",
                "1",
                "null",
                "\"x\"",
                "{\"a\":1,\"a\":2}",
                "\u0000",
                "{\"x\":1}\nnot json"
            })
    void refusesWhatIsNoRow(String body) {
        assertThatThrownBy(() -> read("application/json", body)).isInstanceOf(WebhookException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "[1]x",
                "null",
                "{}",
                "{\"inputs\":[]}",
                "{\"inputs\":[{\"name\":\"a\",\"shape\":[3],\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"a\",\"shape\":[2000000000],\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"\",\"shape\":[1],\"data\":[1]}]}",
                "{\"inputs\":[{\"shape\":\"x\"}]}"
            })
    void refusesDataThatAreNoRows(String data) {
        assertThatThrownBy(() -> event("org.x", data)).isInstanceOf(WebhookException.class);
    }

    @Test
    void refusesWhatIsNoEventAndTooManyRows() {
        assertThatThrownBy(() -> read("application/cloudevents+json", "{\"specversion\":\"1.0\",\"data\":{}}"))
                .hasMessageContaining("expected a CloudEvent with specversion");
        assertThatThrownBy(() -> read(
                        "application/cloudevents+json",
                        EVENT.formatted("a", "{\"x\":1}").replace("1.0", "0.3")))
                .hasMessageContaining("of version 1");
        assertThatThrownBy(() -> read("application/cloudevents-batch+json", "{}"))
                .hasMessageContaining("a list");
        assertThatThrownBy(() -> read("application/json", "{\"x\":1}\n".repeat(PredictionFormat.ROWS + 1)))
                .isInstanceOf(WebhookException.class);
    }
}
