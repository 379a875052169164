package io.jenkins.mlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricCatalogTest {
    @ParameterizedTest
    @CsvSource({
        "auc, roc_auc",
        "ROC-AUC, roc_auc",
        "roc auc, roc_auc",
        "f1_score, f1",
        "sensitivity, recall",
        "NDCG@10, ndcg_at_10",
        "logloss, log_loss",
        "top3, top_3_accuracy",
        "top_5_acc, top_5_accuracy",
        "my_metric, my_metric",
        "RMSE, rmse",
        "pinball_0.9, pinball_0.9",
        "val_loss, val_loss"
    })
    void resolvesAliases(String name, String canonical) {
        assertThat(MetricCatalog.canonical(name)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "accuracy, HIGHER",
        "f1_macro, HIGHER",
        "auc, HIGHER",
        "bleu, HIGHER",
        "rougeL, HIGHER",
        "ndcg@5, HIGHER",
        "precision_at_3, HIGHER",
        "loss, LOWER",
        "val_loss, LOWER",
        "test_rmse, LOWER",
        "error_rate, LOWER",
        "perplexity, LOWER",
        "latency_p95_ms, LOWER",
        "neg_log_loss, HIGHER",
        "pinball_0.1, LOWER",
        "ece, LOWER",
        "lift, UNKNOWN",
        "neg_lift, UNKNOWN",
        "prevalence, UNKNOWN",
        "mean_error, UNKNOWN",
        "loss_ratio, UNKNOWN"
    })
    void knowsDirections(String name, Direction direction) {
        assertThat(MetricCatalog.direction(name)).isEqualTo(direction);
    }

    @Test
    void findsOnlyWhatIsUnambiguous() {
        assertThat(MetricCatalog.findIn("auc", Set.of("roc_auc", "f1"))).contains("roc_auc");
        assertThat(MetricCatalog.findIn("auc", List.of("roc_auc", "AUROC"))).isEmpty();
        assertThat(MetricCatalog.findIn("AUROC", List.of("roc_auc", "AUROC"))).contains("AUROC");
        assertThat(MetricCatalog.findIn("auc", List.of("val_auc"))).isEmpty();
    }

    @Test
    void saysWhatEachMetricIs() {
        assertThat(MetricCatalog.all()).allSatisfy(metric -> {
            assertThat(metric.meaning()).isNotBlank().hasSizeLessThan(90);
            assertThat(metric.lowest()).isLessThan(metric.highest());
            assertThat(MetricCatalog.canonical(metric.name())).isEqualTo(metric.name());
            assertThat(MetricCatalog.find(metric.name())).contains(metric);
        });
        assertThat(MetricCatalog.find("recall_weighted"))
                .get()
                .extracting(Metric::meaning)
                .asString()
                .contains("weighted");
        assertThat(MetricCatalog.find("no_such_metric")).isEmpty();
    }
}
