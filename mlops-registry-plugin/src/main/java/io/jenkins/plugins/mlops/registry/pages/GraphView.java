package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.lineage.Layered;
import io.jenkins.mlops.lineage.LineageEdge;
import io.jenkins.mlops.lineage.LineageGraph;
import io.jenkins.mlops.lineage.LineageNode;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.lineage.chart.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A lineage graph on a page: boxes that are links, arrows, and the whole in words. */
public final class GraphView {
    private static final int MOST_PROMOTIONS = 10;
    private static final int MOST_EVALUATIONS = 10;
    private static final double ROOM = Layered.BOX_WIDTH - 20;

    private final Layered layout;
    private final Map<String, String> links;
    private final String current;

    private GraphView(LineageGraph graph, Map<String, String> links, String current) {
        this.layout = graph.layered();
        this.links = new HashMap<>(links);
        this.current = current;
    }

    /** The lineage of one version; null if there is nothing to join. */
    @CheckForNull
    static GraphView of(
            ModelVersion version,
            @CheckForNull TrackedRun run,
            List<EvaluationRecord> evaluations,
            List<Promotion> promotions,
            Reader reader) {
        Drawing drawing = new Drawing(reader);
        String id = drawing.version(version, run);
        evaluations.stream().limit(MOST_EVALUATIONS).forEach(one -> drawing.graph.evaluation(version, one));
        drawing.promotions(version, promotions, evaluations);
        return drawing.view(id);
    }

    /** What came from a digest: versions with their promotions and endpoints; null if there is nothing to join. */
    @CheckForNull
    static GraphView downstream(
            List<ModelVersion> versions, Map<ModelVersion, List<Promotion>> promotions, Reader reader) {
        Drawing drawing = new Drawing(reader);
        for (ModelVersion version : versions) {
            drawing.version(version, null);
            drawing.promotions(version, promotions.getOrDefault(version, List.of()), List.of());
        }
        return drawing.view("");
    }

    private static final class Drawing {
        private final LineageGraph.Builder graph = new LineageGraph.Builder();
        private final Map<String, String> links = new LinkedHashMap<>();

        Drawing(Reader reader) {
            this.reader = reader;
        }

        private final Reader reader;

        String version(ModelVersion version, @CheckForNull TrackedRun run) {
            String id = graph.version(version, run);
            links.put(id, Links.version(version));
            BuildRef build = version.build();
            if (build != null) {
                String url = Links.build(build);
                if (url != null) {
                    links.put("build:" + build.externalizableId(), url);
                }
            }
            version.dataDigests().forEach(digest -> links.put("dataset:" + digest, Links.digest(digest)));
            if (run != null) {
                run.inputs().forEach(input -> links.put("dataset:" + input.digest(), Links.digest(input.digest())));
            }
            return id;
        }

        void promotions(ModelVersion version, List<Promotion> promotions, List<EvaluationRecord> evaluations) {
            promotions.stream().limit(MOST_PROMOTIONS).forEach(one -> graph.promotion(version, one, evaluations));
            for (Deployment deployment : MlopsPage.registry().endpointsOf(version.model())) {
                if (deployment.version() == version.number() && reader.sees(version)) {
                    graph.deployment(version, deployment);
                }
            }
        }

        @CheckForNull
        GraphView view(String current) {
            LineageGraph whole = graph.build();
            return whole.nodes().size() < 2 ? null : new GraphView(whole, links, current);
        }
    }

    public int getWidth() {
        return layout.width();
    }

    public int getHeight() {
        return layout.height();
    }

    public int getBoxWidth() {
        return Layered.BOX_WIDTH;
    }

    public int getBoxHeight() {
        return Layered.BOX_HEIGHT;
    }

    public int getSize() {
        return layout.boxes().size();
    }

    /** The boxes, from causes to effects. */
    public List<Node> getNodes() {
        List<Node> nodes = new ArrayList<>();
        for (Layered.Box box : layout.boxes()) {
            nodes.add(new Node(box, links.get(box.node().id()), box.node().id().equals(current)));
        }
        nodes.sort(java.util.Comparator.comparingInt((Node node) -> node.box.x())
                .thenComparingInt(node -> node.box.y()));
        return nodes;
    }

    public List<Edge> getEdges() {
        return layout.lines().stream().map(Edge::new).toList();
    }

    /** Every arrow in words, for those who can't see it. */
    public List<String> getSentences() {
        Map<String, LineageNode> nodes = new HashMap<>();
        layout.boxes().forEach(box -> nodes.put(box.node().id(), box.node()));
        return layout.lines().stream()
                .map(Layered.Line::edge)
                .map(edge -> sentence(nodes.get(edge.from()), edge, nodes.get(edge.to())))
                .toList();
    }

    private static String sentence(LineageNode from, LineageEdge edge, LineageNode to) {
        String label = edge.label().isEmpty() ? "" : " (" + edge.label() + ")";
        return text(from) + " \u2192 " + text(to) + label;
    }

    private static String text(LineageNode node) {
        String detail = node.detail().isEmpty() ? "" : " " + node.detail();
        return kind(node) + " " + node.label() + detail;
    }

    private static String kind(LineageNode node) {
        return node.kind().name().toLowerCase(Locale.ROOT);
    }

    /** A box. */
    public record Node(Layered.Box box, @CheckForNull String url, boolean current) {
        public String getId() {
            return box.node().id();
        }

        public String getKind() {
            return kind(box.node());
        }

        /** The label, cut to the box. */
        public String getLabel() {
            return Labels.fit(box.node().label(), ROOM, 13);
        }

        public String getDetail() {
            return Labels.fit(box.node().detail(), ROOM, 11);
        }

        /** All of it, uncut. */
        public String getText() {
            return text(box.node());
        }

        @CheckForNull
        public String getUrl() {
            return url;
        }

        public String getTransform() {
            return "translate(" + box.x() + " " + box.y() + ")";
        }

        public String getStyle() {
            return "mlops-box mlops-box--" + getKind() + (current ? " mlops-box--current" : "");
        }
    }

    /** An arrow. */
    public record Edge(Layered.Line line) {
        public String getPath() {
            return line.path();
        }
    }
}
