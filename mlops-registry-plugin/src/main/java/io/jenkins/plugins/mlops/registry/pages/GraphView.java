package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
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
import jenkins.model.Jenkins;

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
            List<Promotion> promotions,
            List<Deployment> serving) {
        GraphView view = new GraphView();
        view.version(version, run, true);
        evaluations.stream().limit(MOST_EVALUATIONS).forEach(one -> view.evaluation(version, one));
        view.promotions(version, promotions, serving);
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
            String builder = build(build);
            graph.edge(builder, maker);
            code(version, builder);
        } else {
            code(version, maker);
        }
        data(version, run, maker);
        return this;
    }

    /**
     * Adds the way from a digest that is asked for down to a version, and nothing of the version's other causes.
     *
     * @param builds how many builds of the version's job were made from the digest
     */
    GraphView downstream(String digest, String role, ModelVersion version, int builds) {
        String made = made(version);
        if (!version.digest().equals(digest)) {
            String source = source(digest, role);
            BuildRef build = version.build();
            if (build == null) {
                graph.edge(source, made);
            } else {
                String maker = job(build.job(), builds);
                graph.edge(source, maker);
                graph.edge(maker, made);
            }
        }
        return this;
    }

    private String job(String name, int builds) {
        String id = "job " + name;
        graph.node(id, BUILD, Messages.GraphView_job(), name, Messages.GraphView_builds(builds), "");
        Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
        if (job != null) {
            graph.link(id, Links.root() + "/" + job.getUrl());
        }
        return id;
    }

    /** Adds one box for versions of a model that have none of their own. */
    GraphView more(String digest, String role, String model, int versions) {
        String id = "more " + model;
        graph.node(
                id,
                VERSION,
                Messages.GraphView_more(),
                model,
                Messages.GraphView_moreVersions(versions),
                "mlops-node--more");
        graph.link(id, Links.model(model));
        graph.edge(source(digest, role), id);
        return this;
    }

    private String source(String digest, String role) {
        String id = "data " + digest;
        graph.node(id, SOURCE, role, abbreviated(digest), "", "mlops-node--data");
        return id;
    }

    private String made(ModelVersion version) {
        String id = id(version);
        graph.node(
                id,
                VERSION,
                Messages.GraphView_version(),
                version.model(),
                Messages.version(String.valueOf(version.number())),
                "mlops-node--version");
        graph.link(id, Links.version(version));
        return id;
    }

    private String build(BuildRef build) {
        String id = "build " + build.externalizableId();
        graph.node(id, BUILD, Messages.GraphView_build(), build.displayName(), "", "");
        String url = Links.build(build);
        if (url != null) {
            graph.link(id, url);
        }
        return id;
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
    GraphView promotions(ModelVersion version, List<Promotion> promotions, List<Deployment> serving) {
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
        for (Deployment deployment : serving) {
            if (deployment.model().equals(version.model()) && deployment.version() == version.number()) {
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

    static String abbreviated(String digest) {
        String plain = digest.substring(digest.indexOf(':') + 1);
        return plain.substring(0, Math.min(12, plain.length()));
    }
}
