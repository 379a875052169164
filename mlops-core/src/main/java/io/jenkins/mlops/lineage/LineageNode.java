package io.jenkins.mlops.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;

/**
 * One thing in a lineage graph.
 *
 * @param id unique in the graph, e.g. {@code version:iris/3}
 * @param kind see {@link Kind}
 * @param label what stands in its box, e.g. {@code iris v3}
 * @param detail a second, smaller line, e.g. a digest's beginning; may be empty
 * @param url where a click leads; null for nowhere
 */
public record LineageNode(
        String id,
        Kind kind,
        String label,
        String detail,
        @CheckForNull String url) implements Serializable {
    public LineageNode {
        id = Limits.line("A lineage node's id", id, Limits.LINE);
        kind = Limits.required("A lineage node's kind", kind);
        label = Limits.line("A lineage node's label", label, Limits.LINE);
        detail = detail == null ? "" : Limits.optionalLine("A lineage node's detail", detail, Limits.LINE);
        url = Limits.optionalLine("A lineage node's URL", url, Limits.LINE);
    }

    /** What a node stands for; the order is that in which a model comes to be. */
    public enum Kind {
        DATASET,
        CODE,
        BUILD,
        RUN,
        VERSION,
        EVALUATION,
        PROMOTION,
        ENDPOINT
    }
}
