package io.jenkins.mlops.lineage;

import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;

/**
 * One thing that led to another.
 *
 * @param from id of the node that was there before
 * @param to id of the node that came from it
 * @param label what the one did for the other, e.g. {@code trained on}; may be empty
 */
public record LineageEdge(String from, String to, String label) implements Serializable {
    public LineageEdge {
        from = Limits.line("A lineage edge's start", from, Limits.LINE);
        to = Limits.line("A lineage edge's end", to, Limits.LINE);
        label = label == null ? "" : Limits.optionalLine("A lineage edge's label", label, Limits.KEY);
        if (from.equals(to)) {
            throw new IllegalArgumentException("A lineage edge leads from '" + from + "' to itself");
        }
    }
}
