package io.jenkins.mlops.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.comparison.ComparedMetric.Change;
import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.VersionStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VersionComparisonTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);

    private static ModelVersion version(
            int number, Map<String, Double> metrics, Map<String, String> tags, List<String> data, CodeRef code) {
        return new ModelVersion(
                "risk",
                number,
                "sha256:" + String.valueOf(number).repeat(64),
                List.of(new VersionFile("w.bin", 1, String.valueOf(number).repeat(64))),
                null,
                null,
                null,
                null,
                code,
                data,
                metrics,
                tags,
                "",
                Set.of(),
                "ann",
                0,
                VersionStatus.READY);
    }

    private static CodeRef code(String commit, boolean dirty) {
        return new CodeRef("https://git.example/r.git", "main", commit, dirty, null);
    }

    private static VersionComparison compare(ModelVersion from, ModelVersion to) {
        return VersionComparison.of(new VersionFacts(from, null, null), new VersionFacts(to, null, null));
    }

    private static VersionComparison sample() {
        return compare(
                version(
                        1,
                        Map.of("roc_auc", 0.8, "rmse", 2.0, "gone", 1.0),
                        Map.of("k", "v"),
                        List.of("md5:" + A.substring(0, 32)),
                        code(A, false)),
                version(
                        2,
                        Map.of("roc_auc", 0.9, "rmse", 2.5),
                        Map.of("k", "w"),
                        List.of("md5:" + B.substring(0, 32)),
                        code(B, false)));
    }

    @Test
    void knowsWhichWayAMetricGetsBetter() {
        Map<String, Change> changes = new java.util.TreeMap<>();
        sample().metrics().forEach(metric -> changes.put(metric.name(), metric.change()));

        assertThat(changes)
                .containsEntry("roc_auc", Change.BETTER)
                .containsEntry("rmse", Change.WORSE)
                .containsEntry("gone", Change.UNKNOWN);
    }

    @Test
    void tellsIntervalsApart() {
        MetricValue low = new MetricValue(0.5, 0.4, 0.6, "wilson");
        MetricValue high = new MetricValue(0.8, 0.7, 0.9, "wilson");
        MetricValue between = new MetricValue(0.6, 0.5, 0.75, "wilson");

        assertThat(new ComparedMetric("x", low, high, Direction.HIGHER).intervalsApart())
                .isTrue();
        assertThat(new ComparedMetric("x", high, low, Direction.HIGHER).intervalsApart())
                .isTrue();
        assertThat(new ComparedMetric("x", low, between, Direction.HIGHER).intervalsApart())
                .isFalse();
        assertThat(new ComparedMetric("x", low, MetricValue.of(1), Direction.HIGHER).intervalsApart())
                .isFalse();
        assertThatThrownBy(() -> new ComparedMetric("x", null, null, Direction.HIGHER))
                .hasMessageContaining("one side at least");
    }

    @Test
    void saysWhatOfDataAndCodeDiffers() {
        VersionComparison different = sample();
        assertThat(different.sameData()).isFalse();
        assertThat(different.dataOnlyFrom()).hasSize(1);
        assertThat(different.sameCode()).isFalse();
        assertThat(different.codeDiff()).isEqualTo("git diff " + A + " " + B);

        ModelVersion one = version(1, Map.of(), Map.of(), List.of("md5:" + A.substring(0, 32)), code(A, false));
        assertThat(compare(one, one).sameData()).isTrue();
        assertThat(compare(one, one).sameCode()).isTrue();
        ModelVersion dirty = version(2, Map.of(), Map.of(), List.of(), code(A, true));
        assertThat(compare(one, dirty).sameCode()).isFalse();
        assertThat(compare(one, dirty).codeDiff()).isNull();
        assertThat(compare(dirty, dirty).sameData()).isFalse();
    }

    @Test
    void writesATable() {
        assertThat(String.join("\n", ComparisonText.lines(sample())))
                .contains("comparing risk version 1 with risk version 2")
                .containsPattern("roc_auc +0.8000 +0.9000 +\\+0.1000 +better")
                .containsPattern("gone +1.000 +-")
                .containsPattern("k +v +w")
                .contains("parameters: none on either side")
                .contains("code: git diff")
                .contains("files: 1 of 1 differ");
    }
}
