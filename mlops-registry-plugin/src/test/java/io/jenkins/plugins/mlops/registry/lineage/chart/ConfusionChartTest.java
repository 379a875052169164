package io.jenkins.plugins.mlops.registry.lineage.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.evaluation.ConfusionMatrix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionChartTest {
    @Test
    void shadesByTheShareOfTheRow() {
        ConfusionChart chart = new ConfusionChart(
                ConfusionMatrix.of(List.of("malignant", "benign"), new double[][] {{69, 16}, {0, 142}}), "");
        assertThat(chart.getCells()).extracting(ConfusionChart.Cell::getCount).containsExactly("69", "16", "0", "142");
        assertThat(chart.getCells())
                .extracting(ConfusionChart.Cell::getShare)
                .containsExactly("81 %", "19 %", "0 %", "100 %");
        assertThat(chart.getCells())
                .extracting(ConfusionChart.Cell::getOpacity)
                .containsExactly("0.71", "0.24", "0.04", "0.85");
        assertThat(chart.getCells())
                .extracting(ConfusionChart.Cell::getStyle)
                .containsExactly("mlops-cell--right", "mlops-cell--wrong", "mlops-cell--wrong", "mlops-cell--right");
        assertThat(chart.getCells().get(1).getText()).isEqualTo("malignant \u2192 benign: 16 (19 %)");
        assertThat(chart.isLarge()).isFalse();
    }

    @Test
    void keepsCellsApartAndInside() {
        int size = 20;
        List<String> labels =
                IntStream.range(0, size).mapToObj(i -> "class " + i).toList();
        ConfusionChart chart = new ConfusionChart(ConfusionMatrix.of(labels, new double[size][size]), "");
        double side = Double.parseDouble(chart.getSide());
        assertThat(chart.getCells()).hasSize(size * size).allSatisfy(cell -> {
            assertThat(Double.parseDouble(cell.getX()) + side)
                    .isLessThanOrEqualTo(Double.parseDouble(chart.getWidth()));
            assertThat(Double.parseDouble(cell.getY()) + side)
                    .isLessThanOrEqualTo(Double.parseDouble(chart.getHeight()));
        });
        assertThat(chart.getCells().get(0).getText()).isEqualTo("class 0 \u2192 class 0: 0 (0 %)");
        assertThat(chart.getColumns()).hasSize(size).allMatch(ConfusionChart.Label::isTurned);
    }

    @Test
    void leavesLabelsAndCountsOutWhereTheyWouldOverlap() {
        int size = 200;
        List<String> labels =
                IntStream.range(0, size).mapToObj(i -> "class " + i).toList();
        ConfusionChart chart = new ConfusionChart(ConfusionMatrix.of(labels, new double[size][size]), "");
        assertThat(chart.getRows()).isEmpty();
        assertThat(chart.getCells()).noneMatch(ConfusionChart.Cell::isCounted);
        assertThat(chart.isLarge()).isTrue();
    }

    @Test
    void cutsLongLabelsButKeepsThemForThePointer() {
        String name = "<script>alert(1)</script>".repeat(8);
        ConfusionChart chart =
                new ConfusionChart(ConfusionMatrix.of(List.of(name, "b"), new double[][] {{1, 0}, {0, 1}}), "");
        assertThat(chart.getRows().get(0).getText()).endsWith("\u2026").hasSizeLessThan(30);
        assertThat(chart.getRows().get(0).getFull()).isEqualTo(name);
    }
}
