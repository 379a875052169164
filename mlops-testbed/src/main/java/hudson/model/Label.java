package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.model.labels.LabelAtom;
import io.jenkins.mlops.testbed.host.LabelExpressions;
import java.util.LinkedHashSet;
import java.util.Set;
import jenkins.model.Jenkins;

/** A set of nodes, by an expression over their labels. */
public abstract class Label extends Actionable implements Comparable<Label> {
    protected final transient String name;

    protected Label(String name) {
        this.name = name;
    }

    public final String getName() {
        return name;
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    public abstract String getExpression();

    public final boolean matches(Node n) {
        return LabelExpressions.matches(getExpression(), n.getAssignedLabels());
    }

    public Set<Node> getNodes() {
        Set<Node> nodes = new LinkedHashSet<>();
        Jenkins j = Jenkins.get();
        if (matches((Node) j)) {
            nodes.add(j);
        }
        j.getNodes().stream().filter(this::matches).forEach(nodes::add);
        return nodes;
    }

    public boolean contains(Node node) {
        return matches(node);
    }

    public boolean isEmpty() {
        return getNodes().isEmpty();
    }

    @Override
    public final boolean equals(Object that) {
        return that instanceof Label l && name.equals(l.name);
    }

    @Override
    public final int hashCode() {
        return name.hashCode();
    }

    @Override
    public final int compareTo(Label that) {
        return name.compareTo(that.name);
    }

    @Override
    public String toString() {
        return name;
    }

    public static Set<LabelAtom> parse(@CheckForNull String labels) {
        Set<LabelAtom> r = new LinkedHashSet<>();
        if (labels != null) {
            for (String l : labels.trim().split("\\s+")) {
                if (!l.isEmpty()) {
                    r.add(LabelAtom.get(l));
                }
            }
        }
        return r;
    }

    @Nullable
    public static Label get(String l) {
        return l == null || l.isBlank() ? null : LabelExpressions.label(l.trim());
    }
}
