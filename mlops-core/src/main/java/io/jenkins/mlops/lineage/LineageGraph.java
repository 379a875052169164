package io.jenkins.mlops.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.lineage.LineageNode.Kind;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.TrackedRun;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes and edges in the order in which they were added.
 *
 * @param nodes each id stands once
 * @param edges both ends are among the nodes
 */
public record LineageGraph(List<LineageNode> nodes, List<LineageEdge> edges) implements Serializable {
    private static final int MAX_NODES = 2_000;

    public LineageGraph {
        nodes = io.jenkins.mlops.registry.Limits.list("A lineage graph's nodes", nodes, MAX_NODES);
        edges = io.jenkins.mlops.registry.Limits.list("A lineage graph's edges", edges, 10 * MAX_NODES);
        Set<String> ids = new LinkedHashSet<>();
        for (LineageNode node : nodes) {
            if (!ids.add(node.id())) {
                throw new IllegalArgumentException("A lineage graph has the node '" + node.id() + "' twice");
            }
        }
        for (LineageEdge edge : edges) {
            if (!ids.contains(edge.from()) || !ids.contains(edge.to())) {
                throw new IllegalArgumentException("A lineage edge leads from '" + edge.from() + "' to '" + edge.to()
                        + "', but only one of them or none is in the graph");
            }
        }
    }

    /** Where everything is to be drawn; see {@link Layered}. */
    public Layered layered() {
        return Layered.of(this);
    }

    /** Collects nodes and edges; adding what is there already changes nothing. */
    public static final class Builder {
        private final Map<String, LineageNode> nodes = new LinkedHashMap<>();
        private final Set<LineageEdge> edges = new LinkedHashSet<>();

        public Builder add(LineageNode node) {
            nodes.putIfAbsent(node.id(), node);
            return this;
        }

        public Builder connect(String from, String to, String label) {
            edges.add(new LineageEdge(from, to, label));
            return this;
        }

        /** A dataset snapshot by its digest. */
        public String dataset(@CheckForNull String name, String digest) {
            String id = "dataset:" + digest;
            add(new LineageNode(id, Kind.DATASET, name == null ? "dataset" : name, abbreviated(digest), null));
            return id;
        }

        /** A version with its code, build, data and run; {@code run} may be null. @return the version's node id */
        public String version(ModelVersion version, @CheckForNull TrackedRun run) {
            String id = "version:" + version.model() + "/" + version.number();
            add(new LineageNode(
                    id, Kind.VERSION, version.model() + " v" + version.number(), abbreviated(version.digest()), null));
            String maker = null;
            BuildRef build = version.build();
            if (build != null) {
                maker = "build:" + build.externalizableId();
                add(new LineageNode(maker, Kind.BUILD, build.displayName(), "", build.url()));
            }
            String runId = version.runId();
            if (runId != null) {
                String runNode = "run:" + runId;
                add(new LineageNode(runNode, Kind.RUN, run == null ? "run" : run.name(), abbreviated(runId), null));
                if (maker != null) {
                    connect(maker, runNode, "ran");
                }
                maker = runNode;
            }
            if (maker != null) {
                connect(maker, id, "made");
            }
            String learner = maker == null ? id : maker;
            CodeRef commit = version.commit();
            if (commit != null) {
                String code = "code:" + commit.commit();
                String branch = commit.branch() == null ? "commit" : commit.branch();
                add(new LineageNode(
                        code,
                        Kind.CODE,
                        branch + (commit.dirty() ? " (changed)" : ""),
                        abbreviated(commit.commit()),
                        null));
                connect(code, build == null ? learner : "build:" + build.externalizableId(), "code of");
            }
            Map<String, String> names = new LinkedHashMap<>();
            if (run != null) {
                for (DatasetInput input : run.inputs()) {
                    names.put(input.digest(), input.name());
                }
            }
            Set<String> digests = new LinkedHashSet<>(names.keySet());
            digests.addAll(version.dataDigests());
            digests.forEach(digest -> connect(dataset(names.get(digest), digest), learner, "data of"));
            return id;
        }

        /** An evaluation of a version. */
        public Builder evaluation(ModelVersion version, EvaluationRecord evaluation) {
            String id = "evaluation:" + evaluation.operationKey();
            String headline = evaluation.metrics().entrySet().stream()
                    .findFirst()
                    .map(metric -> metric.getKey() + " " + rounded(metric.getValue()))
                    .orElse("");
            BuildRef build = evaluation.build();
            add(new LineageNode(id, Kind.EVALUATION, "evaluation", headline, build == null ? null : build.url()));
            connect("version:" + version.model() + "/" + version.number(), id, "evaluated");
            String data = evaluation.dataDigest();
            if (data != null) {
                connect(dataset(null, data), id, "on");
            }
            return this;
        }

        /** A promotion of a version, and the evaluations that it rests on. */
        public Builder promotion(ModelVersion version, Promotion promotion, List<EvaluationRecord> evaluations) {
            String id = "promotion:" + promotion.id();
            add(new LineageNode(
                    id,
                    Kind.PROMOTION,
                    promotion.alias(),
                    promotion.state().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                    null));
            List<String> evidence = new ArrayList<>();
            evaluations.stream()
                    .filter(evaluation -> evaluation.hash().equals(promotion.evidenceHash()))
                    .forEach(evaluation -> evidence.add("evaluation:" + evaluation.operationKey()));
            evidence.stream().filter(nodes::containsKey).forEach(node -> connect(node, id, "evidence for"));
            connect("version:" + version.model() + "/" + version.number(), id, "promoted");
            return this;
        }

        /** A deployment of a version, by the promotion that allowed it where there was one. */
        public Builder deployment(ModelVersion version, Deployment deployment) {
            String id = "endpoint:" + deployment.endpoint() + "/" + deployment.operationKey();
            add(new LineageNode(
                    id,
                    Kind.ENDPOINT,
                    deployment.endpoint(),
                    deployment.state().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                    deployment.url()));
            String promotion = "promotion:" + deployment.promotionId();
            connect(
                    nodes.containsKey(promotion) ? promotion : "version:" + version.model() + "/" + version.number(),
                    id,
                    "deployed");
            return this;
        }

        public LineageGraph build() {
            return new LineageGraph(new ArrayList<>(nodes.values()), new ArrayList<>(edges));
        }

        private static String rounded(double value) {
            return Double.isNaN(value) || Double.isInfinite(value)
                    ? String.valueOf(value)
                    : new java.math.BigDecimal(value)
                            .round(new java.math.MathContext(4))
                            .toPlainString();
        }

        private static String abbreviated(String digest) {
            int colon = digest.indexOf(':');
            String plain = colon >= 0 ? digest.substring(colon + 1) : digest;
            return plain.length() <= 12 ? plain : plain.substring(0, 12);
        }
    }
}
