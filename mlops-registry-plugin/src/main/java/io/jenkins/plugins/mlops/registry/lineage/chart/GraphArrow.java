package io.jenkins.plugins.mlops.registry.lineage.chart;

/**
 * An arrow of a {@link LineageGraph}.
 *
 * @param path its {@code d} attribute
 * @param from the place, in the list of boxes, of the one that it leaves
 * @param to the place of the one that it leads to
 */
public record GraphArrow(String path, int from, int to) {
    public String getPath() {
        return path;
    }

    public int getFrom() {
        return from;
    }

    public int getTo() {
        return to;
    }
}
