package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.lineage.Badge;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineageGraph;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A lineage graph on a page: boxes that are links, arrows, and the whole in words. */
public final class GraphView {
    private static final int MOST_PROMOTIONS = 10;
    private static final int MOST_EVALUATIONS = 10;

    private static final int SOURCE = 0;
    private static final int BUILD = 1;
    private static final int RUN = 2;
    private static final int VERSION = 3;
    private static final int EVALUATION = 4;
    private static final int PROMOTION = 5;
    private static final int ENDPOINT = 6;

    private final LineageGraph.Builder graph = new LineageGraph.Builder();

    /** Begins a graph; {@link #version} adds to it. */
    GraphView() {}

    /** The lineage of one version; null if there is nothing to join. */
    @CheckForNull
    static LineageGraph of(
            ModelVersion version,
            @CheckForNull TrackedRun run,
            List<EvaluationRecord> evaluations,
            List<Promotion> promotions) {
        GraphView view = new GraphView();
        view.version(version, run, true);
        evaluations.stream().limit(MOST_EVALUATIONS).forEach(one -> view.evaluation(version, one));
        view.promotions(version, promotions);
        return view.drawn();
    }

    /** The graph; null if there is nothing to join. */
    @CheckForNull
    LineageGraph drawn() {
        LineageGraph drawn = graph.build();
        return drawn.getNodes().size() < 2 ? null : drawn;
    }

    /** Adds a version with what it was made from. */
    GraphView version(ModelVersion version, @CheckForNull TrackedRun run, boolean current) {
        String id = id(version);
        graph.node(
                id,
                VERSION,
                Messages.GraphView_version(),
                version.model(),
                Messages.version(String.valueOf(version.number())),
                current ? "mlops-node--current" : "mlops-node--version");
        graph.link(id, Links.version(version));
        String maker = id;
        String runId = version.runId();
        if (runId != null) {
            maker = "run " + runId;
            String status = run == null ? "" : Badge.of(run.status().name()).getText();
            graph.node(maker, RUN, Messages.GraphView_run(), run == null ? abbreviated(runId) : run.name(), status, "");
            graph.edge(maker, id);
        }
        BuildRef build = version.build();
        if (build != null) {
            String builder = "build " + build.externalizableId();
            graph.node(builder, BUILD, Messages.GraphView_build(), build.displayName(), "", "");
            String url = Links.build(build);
            if (url != null) {
                graph.link(builder, url);
            }
            graph.edge(builder, maker);
            code(version, builder);
        } else {
            code(version, maker);
        }
        data(version, run, maker);
        return this;
    }

    private void code(ModelVersion version, String to) {
        CodeRef commit = version.commit();
        if (commit != null) {
            String code = "code " + commit.commit();
            String branch = commit.branch() == null ? "" : commit.branch();
            graph.node(code, SOURCE, Messages.GraphView_commit(), abbreviated(commit.commit()), branch, "");
            graph.edge(code, to);
        }
    }

    private void data(ModelVersion version, @CheckForNull TrackedRun run, String to) {
        Map<String, String> names = new TreeMap<>();
        if (run != null) {
            run.inputs().forEach(input -> names.put(input.digest(), input.name()));
        }
        Set<String> digests = new LinkedHashSet<>(version.dataDigests());
        digests.addAll(names.keySet());
        for (String digest : digests) {
            String id = "data " + digest;
            graph.node(
                    id,
                    SOURCE,
                    Messages.GraphView_data(),
                    names.getOrDefault(digest, Messages.GraphView_dataset()),
                    abbreviated(digest),
                    "mlops-node--data");
            graph.link(id, Links.digest(digest));
            graph.edge(id, to);
        }
    }

    private void evaluation(ModelVersion version, EvaluationRecord evaluation) {
        String id = "evaluation " + evaluation.operationKey();
        String headline = evaluation.metrics().entrySet().stream()
                .findFirst()
                .map(metric -> metric.getKey() + " " + NumberText.metric(metric.getValue()))
                .orElse("");
        BuildRef build = evaluation.build();
        graph.node(
                id,
                EVALUATION,
                Messages.GraphView_evaluation(),
                build == null ? NumberText.time(evaluation.createdMillis()) : build.displayName(),
                headline,
                "");
        graph.edge(id(version), id);
    }

    /** Adds a version's promotions and the endpoints that serve it. */
    GraphView promotions(ModelVersion version, List<Promotion> promotions) {
        for (Promotion promotion : promotions.stream().limit(MOST_PROMOTIONS).toList()) {
            Badge badge = Badge.of(promotion.state().name());
            String id = "promotion " + promotion.id();
            graph.node(
                    id,
                    PROMOTION,
                    Messages.GraphView_promotion(),
                    promotion.alias(),
                    badge.getText(),
                    "mlops-node--" + badge.getStyle());
            graph.link(id, Links.version(version) + "#promotions");
            graph.edge(id(version), id);
        }
        for (Deployment deployment : MlopsPage.registry().endpointsOf(version.model())) {
            if (deployment.version() == version.number()) {
                Badge badge = Badge.of(deployment.state().name());
                String id = "endpoint " + deployment.endpoint();
                graph.node(
                        id,
                        ENDPOINT,
                        Messages.GraphView_endpoint(),
                        deployment.endpoint(),
                        badge.getText(),
                        "mlops-node--" + badge.getStyle());
                String promotion = "promotion " + deployment.promotionId();
                graph.edge(promotion, id);
                if (!graph.isReached(id)) {
                    graph.edge(id(version), id);
                }
            }
        }
        return this;
    }

    private static String id(ModelVersion version) {
        return "version " + version.model() + " " + version.number();
    }

    private static String abbreviated(String digest) {
        String plain = digest.substring(digest.indexOf(':') + 1);
        return plain.substring(0, Math.min(12, plain.length()));
    }
}
