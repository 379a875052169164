package io.jenkins.mlops.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that training scripts leave behind. */
class FilesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void flattensMetrics() {
        MetricsFile file = MetricsFile.parse(
                "metrics.json",
                bytes(
                        "\uFEFF{\"train\": {\"auc\": 0.9, \"n\": 12}, \"loss\": NaN, \"gain\": -Infinity, \"quoted\": \"inf\","
                                + " \"ok\": true, \"note\": \"text\", \"list\": [1], \"none\": null}"));
        assertThat(file.metrics())
                .isEqualTo(Map.of(
                        "train.auc",
                        0.9,
                        "train.n",
                        12.0,
                        "loss",
                        Double.NaN,
                        "gain",
                        Double.NEGATIVE_INFINITY,
                        "quoted",
                        Double.POSITIVE_INFINITY,
                        "ok",
                        1.0));
        assertThat(file.ignored()).containsExactly("note", "list", "none");
        assertThat(ParamsFile.parse("p.json", bytes("{\"lr\": 0.10, \"n\": 1, \"big\": 12345678901234567890}"))
                        .params())
                .isEqualTo(Map.of("lr", "0.10", "n", "1", "big", "12345678901234567890"));
        assertThat(ParamsFile.parse("p.yaml", bytes("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  x: 3\nc: *a\n"))
                        .params())
                .isEqualTo(Map.of("a.x", "1", "a.y", "2", "b.x", "3", "b.y", "2", "c.x", "1", "c.y", "2"));
        assertThat(MetricsFile.parse("m.yaml", bytes("train:\n  auc: 0.9\nloss: .nan\nbig: 1e3\n"))
                        .metrics())
                .isEqualTo(Map.of("train.auc", 0.9, "loss", Double.NaN, "big", 1000.0));
    }

    @Test
    void flattensParams() {
        assertThat(ParamsFile.parse(
                                "params.yaml",
                                bytes("seed: 1\nlr: 0.10\ntrain:\n  layers: [64, 32]\n  name: 'a b'\n  off: false\n"
                                        + "  empty: {}\nnone: ~\n"))
                        .params())
                .isEqualTo(Map.of(
                        "seed",
                        "1",
                        "lr",
                        "0.10",
                        "train.layers",
                        "[64, 32]",
                        "train.name",
                        "a b",
                        "train.off",
                        "false",
                        "train.empty",
                        "{}",
                        "none",
                        "null"));
    }

    @Test
    void readsDvcLock() {
        String lock = """
                schema: '2.0'
                stages:
                  train:
                    cmd: python train.py
                    deps:
                    - path: data/train.csv
                      hash: md5
                      md5: 22a1a2931c8370d3aeedd7183606fd7f
                      size: 1234
                    - path: https://example.org/x
                      etag: abc
                    params:
                      params.yaml:
                        train.seed: 1
                        train:
                          lr: 0.1
                    outs:
                    - path: model
                      md5: b8bf7ba3b3f6a9c13d2d2a3b4d5e6f70.dir
                """;
        DvcLock read = DvcLock.parse("dvc.lock", bytes(lock));
        assertThat(read.params()).isEqualTo(Map.of("train.train.seed", "1", "train.train.lr", "0.1"));
        assertThat(read.inputs())
                .containsExactly(
                        new DvcLock.Artifact("train", "data/train.csv", "md5:22a1a2931c8370d3aeedd7183606fd7f", 1234));
        assertThat(read.outputs())
                .extracting(DvcLock.Artifact::digest)
                .isEqualTo(List.of("md5:b8bf7ba3b3f6a9c13d2d2a3b4d5e6f70.dir"));
        assertThatThrownBy(() -> DvcLock.parse("dvc.lock", bytes("stages: {}")))
                .hasMessageContaining("dvc.lock")
                .hasMessageContaining("schema");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            m.json | {"a": 1          | line 1
            m.json | [1, 2]           | mapping
            m.json | 3                | mapping
            m.json | {"a": 1} {"b"}   | m.json
            m.json | {"a":1,"a":2}    | m.json
            m.json | {"": 1}          | empty key
            m.json | {"a.b":1,"a":{"b":2}} | twice
            m.yaml | a: [             | line
            m.yaml | a: !!javax.script.ScriptEngineManager [1] | tag is not allowed
            m.yaml | - 1              | mapping
            m.yaml | {a: 1, a: 2}     | twice
            m.yaml | &a {b: *a}       | refers to itself
            m.json | ``               | is empty
            """)
    void namesTheFileAndTheFault(String name, String content, String said) {
        assertThatThrownBy(() -> MetricsFile.parse(name, bytes(content)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(said);
    }

    @Test
    void boundsWhatItReads() {
        assertThatThrownBy(() -> MetricsFile.parse("m.json", new byte[4_000_001]))
                .hasMessageContaining("4000001 bytes");
        assertThatThrownBy(() -> MetricsFile.parse("m.json", new byte[] {'{', (byte) 0xFF, '}'}))
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> MetricsFile.parse("m.json", bytes("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000))))
                .isInstanceOf(JsonException.class);
        StringBuilder many = new StringBuilder("{\"m\": 0");
        for (int i = 0; i < 2_001; i++) {
            many.append(",\"k").append(i).append("\":1");
        }
        assertThatThrownBy(
                        () -> MetricsFile.parse("m.json", bytes(many.append('}').toString())))
                .hasMessageContaining("more than 2000");
        // Each alias doubles the document: a billion entries in a few lines.
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + (before + ", ").repeat(7) + before + "]\n");
        }
        assertThatThrownBy(() -> ParamsFile.parse("p.yaml", bytes(bomb.toString())))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void everyCutOfAFileIsReadOrRefused() {
        String whole = "{\"train\": {\"auc\": 0.91, \"f1\": 0.5}, \"loss\": NaN}";
        for (int cut = 0; cut < whole.length(); cut++) {
            byte[] part = bytes(whole.substring(0, cut));
            assertThatThrownBy(() -> MetricsFile.parse("m.json", part)).isInstanceOf(JsonException.class);
        }
    }
}
