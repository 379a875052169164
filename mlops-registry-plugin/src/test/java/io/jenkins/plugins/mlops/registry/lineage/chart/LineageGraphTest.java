package io.jenkins.plugins.mlops.registry.lineage.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineageGraphTest {
    private static final Pattern PLACE = Pattern.compile("translate\\((\\S+) (\\S+)\\)");

    private static double[] place(GraphNode node) {
        Matcher matcher = PLACE.matcher(node.getTransform());
        assertThat(matcher.matches()).isTrue();
        return new double[] {Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))};
    }

    private static LineageGraph.Builder chain() {
        return new LineageGraph.Builder()
                .node("data", 0, "data", "train", "", "")
                .node("holdout", 0, "data", "holdout", "", "")
                .node("run", 1, "run", "logistic", "finished", "")
                .node("evaluation", 2, "evaluation", "holdout", "pass", "")
                .node("version", 3, "model", "cancer", "version 1", "")
                .edge("data", "run")
                .edge("holdout", "evaluation")
                .edge("run", "evaluation")
                .edge("run", "version")
                .edge("evaluation", "version");
    }

    @Test
    void laysColumnsFromLeftToRight() {
        LineageGraph graph = chain().build();
        List<Double> columns =
                graph.getNodes().stream().map(node -> place(node)[0]).toList();
        assertThat(columns.get(0)).isEqualTo(columns.get(1)).isLessThan(columns.get(2));
        assertThat(columns.subList(2, 5)).isSorted().doesNotHaveDuplicates();
        assertThat(graph.getStyle()).endsWith("--4");
    }

    @Test
    void leavesOutArrowsThatAChainSaysAlready() {
        LineageGraph graph = chain().build();
        assertThat(graph.getPaths()).hasSize(4);
        assertThat(graph.getDescription())
                .contains("evaluation: holdout (pass) \u2192 model: cancer (version 1).")
                .doesNotContain("run: logistic (finished) \u2192 model");
    }

    @Test
    void runsLongArrowsPastTheBoxesBetween() {
        LineageGraph graph = chain().build();
        double[] run = place(graph.getNodes().get(2));
        Matcher straight = Pattern.compile("L (\\S+) (\\S+)").matcher(String.join(" ", graph.getPaths()));
        assertThat(straight.find()).isTrue();
        double lane = Double.parseDouble(straight.group(2));
        assertThat(lane < run[1] || lane > run[1] + GraphNode.HEIGHT).isTrue();
    }

    @Test
    void neverPutsOneBoxOnAnother() {
        LineageGraph.Builder builder = new LineageGraph.Builder();
        for (int layer = 0; layer < 6; layer++) {
            for (int i = 0; i < 8; i++) {
                builder.node(layer + "/" + i, layer, "kind", "name", "", "");
            }
        }
        for (int layer = 1; layer < 6; layer++) {
            for (int i = 0; i < 8; i++) {
                builder.edge((layer - 1) + "/" + (i * 5 % 8), layer + "/" + i);
                builder.edge("0/" + i, layer + "/" + (7 - i));
            }
        }
        List<double[]> places = new ArrayList<>();
        for (GraphNode node : builder.build().getNodes()) {
            double[] place = place(node);
            assertThat(places)
                    .noneMatch(other -> Math.abs(other[0] - place[0]) < GraphNode.WIDTH
                            && Math.abs(other[1] - place[1]) < GraphNode.HEIGHT);
            places.add(place);
        }
    }

    @Test
    void ignoresArrowsThatLeadNowhereOrBack() {
        LineageGraph graph = new LineageGraph.Builder()
                .node("run", 1, "run", "a", "", "")
                .node("version", 3, "model", "b", "", "")
                .edge("version", "run")
                .edge("run", "gone")
                .edge("run", "run")
                .build();
        assertThat(graph.getPaths()).isEmpty();
        assertThat(graph.getNodes()).hasSize(2);
    }

    @Test
    void cutsNamesToTheBox() {
        LineageGraph graph = new LineageGraph.Builder()
                .node("run", 1, "run", "x".repeat(200), "", "")
                .build();
        GraphNode node = graph.getNodes().get(0);
        assertThat(node.getTitle()).endsWith("\u2026").hasSizeLessThan(25);
        assertThat(node.getText()).isEqualTo("run: " + "x".repeat(200));
    }
}
