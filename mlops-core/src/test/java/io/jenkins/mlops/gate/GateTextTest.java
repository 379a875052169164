package io.jenkins.mlops.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.evaluation.EvaluationReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateTextTest {
    @Test
    void showsVerdictsWithTheirReasons() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", 0.9);
        metrics.put("f1", 0.8);
        GateReport report = GateEvaluator.check(
                List.of(Threshold.atLeast("accuracy", 0.85), Threshold.atLeast("auc", 0.95)),
                GateInput.of(EvaluationReport.ofGivenMetrics(metrics, 100)));
        assertThat(GateText.render(report)).isEqualTo("""
                        Gates: FAIL (1 passed, 1 failed)
                          PASS          threshold(metric: 'accuracy', atLeast: 0.85)
                                        accuracy is 0.9000, at least 0.85 was asked
                          FAIL          threshold(metric: 'auc', atLeast: 0.95)
                                        expected a metric named 'auc' in the evaluation, found accuracy, f1
                        """);
    }

    @Test
    void saysThatNoGatesAreSet() {
        assertThat(GateText.render(GateEvaluator.check(List.of(), GateInput.of(null))))
                .isEqualTo("Gates: PASS (no gates are set, so nothing was checked)\n");
    }

    @Test
    void escapesWhatATerminalWouldActUpon() {
        GateReport report =
                GateEvaluator.check(List.of(Threshold.atLeast("\u001b[31mred\nline", 1)), GateInput.of(null));
        assertThat(GateText.render(report)).contains("'?[31mred?line'").doesNotContain("\u001b");
    }
}
