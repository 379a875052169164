package io.jenkins.mlops.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GateReviewTest {
    @Test
    void twoBoundsThatLeaveNoValueAreRefused() {
        assertThatThrownBy(() -> GateReview.refuseContradiction(List.of(
                        Threshold.atLeast("roc_auc", 0.5),
                        Threshold.atMost("AUC", 0.9),
                        Threshold.atMost("auc", 0.7),
                        Threshold.atLeast("auc", 0.8))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threshold(metric: 'auc', atLeast: 0.8)")
                .hasMessageContaining("threshold(metric: 'auc', atMost: 0.7)")
                .hasMessageContaining("no evaluation passes both");
        assertThatCode(() -> GateReview.refuseContradiction(List.of(
                        Threshold.atLeast("auc", 0.8), Threshold.atMost("auc", 0.8), Threshold.atMost("loss", 0.1))))
                .doesNotThrowAnyException();
    }

    @Test
    void aBoundBeyondTheMetricsRangeIsDoubted() {
        assertThat(GateReview.doubts(List.of(
                        Threshold.atLeast("accuracy", 95),
                        Threshold.atLeast("accuracy", 0.95),
                        Threshold.atMost("rmse", -1),
                        Threshold.atLeast("our_own", 1_000))))
                .containsExactly(
                        "threshold(metric: 'accuracy', atLeast: 95) can't be met: accuracy lies between 0 and 1",
                        "threshold(metric: 'rmse', atMost: -1) can't be met: rmse lies between 0 and Infinity");
    }
}
