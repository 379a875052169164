package io.jenkins.plugins.mlops.registry.lineage.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static List<double[]> points(String attribute) {
        List<double[]> points = new ArrayList<>();
        for (String point : attribute.split(" ")) {
            String[] numbers = point.split(",");
            points.add(new double[] {Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])});
        }
        return points;
    }

    @Test
    void drawsTheUnitSquareToItsCorners() {
        LineChart chart = LineChart.of("ROC", "")
                .size(320, 300)
                .axes("false positive rate", "true positive rate")
                .unitSquare()
                .line("", new double[] {0, 0.5, 1}, new double[] {0, 0.5, 1}, null)
                .build();
        List<double[]> line = points(chart.getSeries().get(0).getLines().get(0));
        assertThat(line.get(0))
                .containsExactly(Double.parseDouble(chart.getLeft()), Double.parseDouble(chart.getBottom()));
        assertThat(line.get(2))
                .containsExactly(Double.parseDouble(chart.getRight()), Double.parseDouble(chart.getTop()));
        assertThat(line.get(1)[0]).isBetween(line.get(0)[0], line.get(2)[0]);
        assertThat(chart.getTicksBeside())
                .extracting(Tick::getLabel)
                .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(chart.getViewBox()).isEqualTo("0 0 320 300");
    }

    @Test
    void breaksTheLineWhereAValueIsNotFinite() {
        LineChart chart = LineChart.of("loss", "")
                .line(
                        "",
                        new double[] {0, 1, 2, 3, 4, 5, 6},
                        new double[] {3, 2, Double.NaN, 2, 1, Double.POSITIVE_INFINITY, 7},
                        i -> "step " + i)
                .build();
        Series series = chart.getSeries().get(0);
        assertThat(series.getLines()).hasSize(2);
        assertThat(series.getMarkers())
                .extracting(Series.Marker::getText)
                .containsExactly("step 0", "step 1", "step 3", "step 4", "step 6");
        assertThat(series.getLines()).noneMatch(line -> line.contains("NaN") || line.contains("Infinity"));
    }

    @Test
    void drawsNothingButAxesWithoutAnyValue() {
        LineChart chart = LineChart.of("empty", "")
                .wholeX()
                .line("", new double[] {1, 2}, new double[] {Double.NaN, Double.NaN}, i -> "")
                .build();
        assertThat(chart.getSeries().get(0).getLines()).isEmpty();
        assertThat(chart.getTicksBeside()).isNotEmpty();
    }

    @Test
    void showsASingleBuildInTheMiddleUnderItsNumber() {
        LineChart chart = LineChart.of("roc_auc", "")
                .wholeX()
                .line("", new double[] {7}, new double[] {0.9}, i -> "#7")
                .build();
        assertThat(chart.getTicksBelow()).extracting(Tick::getLabel).containsExactly("7");
        Series.Marker marker = chart.getSeries().get(0).getMarkers().get(0);
        assertThat(marker.getX()).isEqualTo(chart.getMiddleX());
    }

    @Test
    void namesBuildsByWholeNumbers() {
        LineChart chart = LineChart.of("roc_auc", "")
                .size(300, 170)
                .wholeX()
                .line("", new double[] {1, 2, 3}, new double[] {1, 2, 3}, i -> "")
                .build();
        assertThat(chart.getTicksBelow()).extracting(Tick::getLabel).containsExactly("1", "2", "3");
    }

    @Test
    void keepsEveryPointInsideThePlot() {
        double[] x = IntStream.range(0, 1000).asDoubleStream().toArray();
        double[] y = IntStream.range(0, 1000)
                .mapToDouble(i -> 1e6 * Math.sin(i) - 3e5)
                .toArray();
        LineChart chart = LineChart.of("wild", "").line("", x, y, i -> "").build();
        for (double[] point : points(chart.getSeries().get(0).getLines().get(0))) {
            assertThat(point[0]).isBetween(Double.parseDouble(chart.getLeft()), Double.parseDouble(chart.getRight()));
            assertThat(point[1]).isBetween(Double.parseDouble(chart.getTop()), Double.parseDouble(chart.getBottom()));
        }
        assertThat(chart.getSeries().get(0).getMarkers()).isEmpty();
    }

    @Test
    void makesDotsAsLargeAsTheirRows() {
        LineChart chart = LineChart.of("calibration", "")
                .unitSquare()
                .line("", new double[] {0.1, 0.5}, new double[] {0.1, 0.6}, new double[] {100, 25}, i -> "")
                .build();
        assertThat(chart.getSeries().get(0).getMarkers())
                .extracting(Series.Marker::getRadius)
                .containsExactly("6", "4");
    }

    @Test
    void givesLinesDifferentStyles() {
        double[] two = {0, 1};
        LineChart chart = LineChart.of("both", "")
                .reference("", 0, 0, 1, 1)
                .line("train", two, two, null)
                .line("validation", two, two, null)
                .build();
        assertThat(chart.getSeries())
                .extracting(Series::getStyle)
                .containsExactly("mlops-line--reference", "mlops-line--1", "mlops-line--2");
    }
}
