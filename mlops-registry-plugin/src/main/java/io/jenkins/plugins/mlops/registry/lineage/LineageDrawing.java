package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineageGraph;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.List;

/** Draws the lineage of a build: code and data, runs, evaluations, versions, promotions, endpoints. */
final class LineageDrawing {
    /** A column of more boxes than this is longer than a screen. */
    private static final int MOST = 8;

    private static final int SOURCE = 0;
    private static final int RUN = 1;
    private static final int EVALUATION = 2;
    private static final int VERSION = 3;
    private static final int PROMOTION = 4;
    private static final int ENDPOINT = 5;

    private final LineageGraph.Builder graph = new LineageGraph.Builder();
    private final LineagePage page;

    private LineageDrawing(LineagePage page) {
        this.page = page;
    }

    /** The drawing, null if there is less than two boxes to join. */
    @CheckForNull
    static LineageGraph of(LineagePage page) {
        LineageDrawing drawing = new LineageDrawing(page);
        drawing.nodes();
        drawing.edges();
        LineageGraph graph = drawing.graph.build();
        return graph.getNodes().size() < 2 ? null : graph;
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }

    private void nodes() {
        for (RunView run : first(page.getRuns())) {
            CodeRef code = run.code();
            if (code != null) {
                graph.node(
                        "code " + code.commit(),
                        SOURCE,
                        Messages.LineageDrawing_commit(),
                        shortened(code.commit()),
                        code.branch() == null ? "" : code.branch(),
                        "");
            }
        }
        for (DatasetView data : first(page.getDatasets())) {
            String detail = data.getRows() >= 0
                    ? Messages.LineagePage_rows(NumberText.count(data.getRows()))
                    : NumberText.bytes(data.getBytes());
            graph.node(id(data), SOURCE, Messages.LineageDrawing_dataset(data.getRole()), data.getName(), detail, "");
        }
        for (RunView run : first(page.getRuns())) {
            graph.node(
                    "run " + run.getId(),
                    RUN,
                    Messages.LineageDrawing_run(),
                    run.getName(),
                    run.getBadge().getText(),
                    style(run.getBadge()));
        }
        for (EvaluationView evaluation : first(page.getEvaluations())) {
            graph.node(
                    "evaluation " + evaluation.getId(),
                    EVALUATION,
                    Messages.LineageDrawing_evaluation(),
                    evaluation.getName(),
                    evaluation.getBadge().getText(),
                    style(evaluation.getBadge()));
        }
        for (VersionView version : first(page.getVersions())) {
            graph.node(
                    id(version.getModel(), version.getNumber()),
                    VERSION,
                    Messages.LineageDrawing_version(),
                    version.getModel(),
                    Messages.LineagePage_version(String.valueOf(version.getNumber())),
                    "");
        }
        for (PromotionView promotion : first(page.getPromotions())) {
            graph.node(
                    "promotion " + promotion.getId(),
                    PROMOTION,
                    Messages.LineageDrawing_promotion(),
                    promotion.getAlias(),
                    promotion.getBadge().getText(),
                    style(promotion.getBadge()));
        }
        for (EndpointView endpoint : first(page.getEndpoints())) {
            graph.node(
                    "endpoint " + endpoint.getName(),
                    ENDPOINT,
                    Messages.LineageDrawing_endpoint(),
                    endpoint.getName(),
                    endpoint.getBadge().getText(),
                    style(endpoint.getBadge()));
        }
    }

    private void edges() {
        boolean oneRun = page.getRuns().size() == 1;
        boolean oneEvaluation = page.getEvaluations().size() == 1;
        for (RunView run : page.getRuns()) {
            CodeRef code = run.code();
            if (code != null) {
                graph.edge("code " + code.commit(), "run " + run.getId());
            }
            for (DatasetView data : page.getDatasets()) {
                if (run.hasInput(data.getDigest()) || oneRun && data.getRole().equals("train")) {
                    graph.edge(id(data), "run " + run.getId());
                }
            }
        }
        for (EvaluationView evaluation : page.getEvaluations()) {
            String to = "evaluation " + evaluation.getId();
            for (DatasetView data : page.getDatasets()) {
                boolean same = data.getDigest().equals(evaluation.getDataDigest());
                if (same || oneEvaluation && data.getRole().equals("evaluate")) {
                    graph.edge(id(data), to);
                }
            }
            if (!evaluation.getRunId().isEmpty()) {
                graph.edge("run " + evaluation.getRunId(), to);
                continue;
            }
            for (VersionView version : page.getVersions()) {
                if (version.getEvaluationId().equals(evaluation.getId())) {
                    graph.edge("run " + version.getRunId(), to);
                }
            }
            if (oneRun) {
                graph.edge("run " + page.getRuns().get(0).getId(), to);
            }
        }
        for (VersionView version : page.getVersions()) {
            graph.edge("run " + version.getRunId(), id(version.getModel(), version.getNumber()));
            graph.edge("evaluation " + version.getEvaluationId(), id(version.getModel(), version.getNumber()));
        }
        for (PromotionView promotion : page.getPromotions()) {
            graph.edge(id(promotion.getModel(), promotion.getVersion()), "promotion " + promotion.getId());
        }
        for (EndpointView endpoint : page.getEndpoints()) {
            String to = "endpoint " + endpoint.getName();
            for (PromotionView promotion : page.getPromotions()) {
                if (promotion.getModel().equals(endpoint.getModel())
                        && promotion.getVersion() == endpoint.getVersion()) {
                    graph.edge("promotion " + promotion.getId(), to);
                }
            }
            if (!graph.isReached(to)) {
                graph.edge(id(endpoint.getModel(), endpoint.getVersion()), to);
            }
        }
    }

    private static String id(DatasetView data) {
        return "data " + data.getDigest() + " " + data.getName() + " " + data.getRole();
    }

    private static String id(String model, int version) {
        return "version " + model + " " + version;
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(10, commit.length()));
    }

    private static String style(Badge badge) {
        return "mlops-node--" + badge.getStyle();
    }
}
