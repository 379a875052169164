package io.jenkins.mlops.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.lineage.LayeredLayout.Arrow;
import io.jenkins.mlops.lineage.LayeredLayout.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LayeredLayoutTest {
    private static final double WIDTH = 100;
    private static final double HEIGHT = 40;

    @Provide
    Arbitrary<List<List<Integer>>> pairs() {
        return Arbitraries.integers().between(0, 11).list().ofSize(2).list().ofMaxSize(40);
    }

    @Property(tries = 200)
    void boxesNeverOverlapAndArrowsPassBetweenThem(@ForAll("pairs") List<List<Integer>> pairs) {
        Map<String, Integer> layers = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            layers.put("n" + i, i / 3 * 10);
        }
        Set<Arrow> arrows = new LinkedHashSet<>();
        for (List<Integer> pair : pairs) {
            if (pair.get(0) / 3 < pair.get(1) / 3) {
                arrows.add(new Arrow("n" + pair.get(0), "n" + pair.get(1)));
            }
        }
        LayeredLayout drawn = new LayeredLayout(WIDTH, HEIGHT, layers, arrows);
        assertThat(drawn.columns()).isEqualTo(4);
        assertNothingOverlaps(drawn, layers.keySet());
        assertThat(drawn.routes()).hasSize(arrows.size());
        for (List<Point> route : drawn.routes()) {
            assertThat(route).isSortedAccordingTo((a, b) -> Double.compare(a.x(), b.x()));
            for (int i = 1; i + 1 < route.size(); i += 2) {
                Point lane = route.get(i);
                assertThat(lane.y()).isEqualTo(route.get(i + 1).y());
                assertThat(layers.keySet()).noneMatch(id -> {
                    Point corner = drawn.corner(id);
                    return corner.x() == lane.x() && corner.y() <= lane.y() && lane.y() <= corner.y() + HEIGHT;
                });
            }
        }
        LayeredLayout again = new LayeredLayout(WIDTH, HEIGHT, layers, arrows);
        assertThat(again.routes()).isEqualTo(drawn.routes());
    }

    private static void assertNothingOverlaps(LayeredLayout drawn, Set<String> ids) {
        List<Point> corners = new ArrayList<>();
        for (String id : ids) {
            Point corner = drawn.corner(id);
            assertThat(corner.x()).isBetween(0.0, drawn.width() - WIDTH);
            assertThat(corner.y()).isBetween(0.0, drawn.height() - HEIGHT);
            assertThat(corners)
                    .noneMatch(other ->
                            Math.abs(other.x() - corner.x()) < WIDTH && Math.abs(other.y() - corner.y()) < HEIGHT);
            corners.add(corner);
        }
    }

    @Test
    void drawsFortyBuildsOfFiveThingsWithoutACrossing() {
        // Each build's things stand in an order of their own, as they come out of a map.
        Map<String, Integer> layers = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(11);
        for (int layer = 0; layer < 5; layer++) {
            List<Integer> builds = new ArrayList<>();
            for (int build = 0; build < 40; build++) {
                builds.add(random.nextInt(builds.size() + 1), build);
            }
            for (int build : builds) {
                layers.put(build + "/" + layer, layer);
            }
        }
        List<Arrow> arrows = new ArrayList<>();
        for (int build = 0; build < 40; build++) {
            for (int layer = 1; layer < 5; layer++) {
                arrows.add(new Arrow(build + "/" + (layer - 1), build + "/" + layer));
            }
        }
        LayeredLayout drawn = new LayeredLayout(WIDTH, HEIGHT, layers, arrows);
        assertThat(layers).hasSize(200);
        assertThat(drawn.crossings()).isZero();
        assertNothingOverlaps(drawn, layers.keySet());
    }

    @Test
    void leavesOutWhatAChainSaysEvenWhereChainsAreMany() {
        // 3 to the power of 60 ways lead from the first layer to the last.
        List<Arrow> neighbours = new ArrayList<>();
        List<Arrow> all = new ArrayList<>();
        for (int layer = 0; layer < 60; layer++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    neighbours.add(new Arrow(layer + "/" + i, (layer + 1) + "/" + j));
                    all.add(new Arrow("0/" + i, (layer + 1) + "/" + j));
                }
            }
        }
        all.addAll(neighbours);
        assertThat(LayeredLayout.withoutShortCuts(all)).containsExactlyInAnyOrderElementsOf(neighbours);
    }

    @Test
    void refusesArrowsThatLeadNowhereOrBack() {
        Map<String, Integer> layers = Map.of("a", 0, "b", 7);
        assertThatThrownBy(() -> new LayeredLayout(WIDTH, HEIGHT, layers, List.of(new Arrow("b", "a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'b' to 'a'");
        assertThatThrownBy(() -> new LayeredLayout(WIDTH, HEIGHT, layers, List.of(new Arrow("a", "gone"))))
                .hasMessageContaining("'gone'");
        assertThat(new LayeredLayout(WIDTH, HEIGHT, Map.of(), List.of()).routes())
                .isEmpty();
    }
}
