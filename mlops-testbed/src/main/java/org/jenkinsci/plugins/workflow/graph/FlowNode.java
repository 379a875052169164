package org.jenkinsci.plugins.workflow.graph;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import hudson.model.Actionable;
import hudson.model.Saveable;
import io.jenkins.mlops.testbed.pipeline.NodeFiles;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;

/** One step, or one end of a block, that a Pipeline has come to. */
public abstract class FlowNode extends Actionable implements Saveable {
    private transient FlowExecution exec;
    private final String id;
    private final List<String> parentIds;
    private List<Action> nodeActions = new ArrayList<>();

    protected FlowNode(FlowExecution exec, String id, List<FlowNode> parents) {
        this.exec = exec;
        this.id = id;
        this.parentIds = parents.stream().map(FlowNode::getId).collect(Collectors.toCollection(ArrayList::new));
    }

    protected FlowNode(FlowExecution exec, String id, FlowNode... parents) {
        this(exec, id, Arrays.asList(parents));
    }

    protected Object readResolve() throws ObjectStreamException {
        exec = NodeFiles.reading();
        return this;
    }

    public final boolean isActive() {
        return exec.isCurrentHead(this);
    }

    @CheckForNull
    public final ErrorAction getError() {
        return getAction(ErrorAction.class);
    }

    @NonNull
    public FlowExecution getExecution() {
        return exec;
    }

    @NonNull
    public List<FlowNode> getParents() {
        List<FlowNode> parents = new ArrayList<>();
        for (String parent : parentIds) {
            try {
                parents.add(exec.getNode(parent));
            } catch (IOException x) {
                throw new UncheckedIOException(x);
            }
        }
        return parents;
    }

    @NonNull
    public List<String> getParentIds() {
        return Collections.unmodifiableList(parentIds);
    }

    public String getId() {
        return id;
    }

    public final String getSearchUrl() {
        return getId();
    }

    @Override
    public String getDisplayName() {
        LabelAction label = getAction(LabelAction.class);
        return label == null ? getTypeDisplayName() : label.getDisplayName();
    }

    public String getDisplayFunctionName() {
        LabelAction label = getAction(LabelAction.class);
        String name = getTypeFunctionName();
        return label == null ? name : name + " (" + label.getDisplayName() + ")";
    }

    protected abstract String getTypeDisplayName();

    protected String getTypeFunctionName() {
        return getTypeDisplayName();
    }

    public String getUrl() throws IOException {
        return exec.getUrl() + "node/" + getId() + "/";
    }

    @Override
    public <T extends Action> T getAction(Class<T> type) {
        return nodeActions.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    /** The actions; a change of this list is saved. */
    @Override
    public List<Action> getActions() {
        return new AbstractList<>() {
            @Override
            public Action get(int index) {
                return nodeActions.get(index);
            }

            @Override
            public int size() {
                return nodeActions.size();
            }

            @Override
            public void add(int index, Action action) {
                List<Action> changed = new ArrayList<>(nodeActions);
                changed.add(index, action);
                change(changed);
            }

            @Override
            public Action remove(int index) {
                List<Action> changed = new ArrayList<>(nodeActions);
                Action removed = changed.remove(index);
                change(changed);
                return removed;
            }

            private void change(List<Action> changed) {
                nodeActions = changed;
                try {
                    save();
                } catch (IOException x) {
                    throw new UncheckedIOException(x);
                }
            }
        };
    }

    @Override
    public void save() throws IOException {
        NodeFiles.write(this);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FlowNode that && id.equals(that.id) && exec.equals(that.exec);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[id=" + id + "]";
    }
}
