package io.jenkins.mlops.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.lineage.LineageNode.Kind;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.VersionStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LineageGraphTest {
    private static final ModelVersion VERSION = new ModelVersion(
            "iris",
            3,
            "sha256:" + "b".repeat(64),
            List.of(new VersionFile("m", 1, "b".repeat(64))),
            null,
            null,
            "run1",
            new BuildRef("team/train", 7, "https://ci.example/7/", null),
            new CodeRef(null, "main", "0123456789abcdef", true, "ann"),
            List.of("sha256:" + "d".repeat(64)),
            Map.of(),
            Map.of(),
            "",
            Set.of(),
            "ann",
            1,
            VersionStatus.READY);

    @Test
    void tellsWhatAVersionCameFromAndWentTo() {
        LineageGraph.Builder builder = new LineageGraph.Builder();
        String version = builder.version(VERSION, null);
        builder.evaluation(
                VERSION,
                new EvaluationRecord(
                        "e",
                        "iris",
                        3,
                        null,
                        "sha256:" + "e".repeat(64),
                        Map.of("auc", 0.912345),
                        "{}",
                        "sha256:hash-of-it",
                        null,
                        1));
        LineageGraph graph = builder.build();
        assertThat(version).isEqualTo("version:iris/3");
        assertThat(graph.nodes())
                .extracting(LineageNode::kind)
                .containsExactlyInAnyOrder(
                        Kind.VERSION, Kind.BUILD, Kind.RUN, Kind.CODE, Kind.DATASET, Kind.EVALUATION, Kind.DATASET);
        assertThat(graph.nodes()).anyMatch(node -> node.detail().equals("auc 0.9123"));
        assertThat(graph.nodes()).anyMatch(node -> node.label().equals("main (changed)"));
        Layered drawn = graph.layered();
        Map<String, Integer> columns = new java.util.HashMap<>();
        drawn.boxes().forEach(box -> columns.put(box.node().id(), box.column()));
        assertThat(columns.get("version:iris/3")).isEqualTo(3);
        assertThat(columns.get("evaluation:e")).isEqualTo(4);
        assertThat(graph.layered()).isEqualTo(drawn);
    }

    @Test
    void refusesLooseEnds() {
        LineageNode node = new LineageNode("a", Kind.RUN, "a", "", null);
        assertThatThrownBy(() -> new LineageGraph(List.of(node, node), List.of()))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> new LineageGraph(List.of(node), List.of(new LineageEdge("a", "b", ""))))
                .hasMessageContaining("'b'");
        assertThatThrownBy(() -> new LineageEdge("a", "a", "")).hasMessageContaining("itself");
        assertThat(new LineageGraph(List.of(), List.of()).layered().boxes()).isEmpty();
    }

    @Provide
    Arbitrary<List<List<Integer>>> pairs() {
        return Arbitraries.integers().between(0, 11).list().ofSize(2).list().ofMaxSize(40);
    }

    @Property(tries = 200)
    void boxesNeverOverlapAndCausesStandLeft(@ForAll("pairs") List<List<Integer>> pairs) {
        List<LineageNode> nodes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            nodes.add(new LineageNode("n" + i, Kind.RUN, "n" + i, "", null));
        }
        boolean cyclic = false;
        Set<LineageEdge> edges = new HashSet<>();
        for (List<Integer> pair : pairs) {
            if (!pair.get(0).equals(pair.get(1))) {
                cyclic |= pair.get(0) > pair.get(1);
                edges.add(new LineageEdge("n" + pair.get(0), "n" + pair.get(1), ""));
            }
        }
        Layered drawn = new LineageGraph(nodes, new ArrayList<>(edges)).layered();
        Set<List<Integer>> places = new HashSet<>();
        for (Layered.Box box : drawn.boxes()) {
            assertThat(places.add(List.of(box.x(), box.y()))).isTrue();
            assertThat(box.x()).isBetween(0, drawn.width() - Layered.BOX_WIDTH);
            assertThat(box.y()).isBetween(0, drawn.height() - Layered.BOX_HEIGHT);
        }
        assertThat(drawn.lines()).hasSize(edges.size());
        if (!cyclic) {
            assertThat(drawn.lines()).allMatch(line -> line.x1() < line.x2());
        }
    }
}
