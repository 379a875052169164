package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.queue.FoldableAction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The causes of a build or queue item. */
@ExportedBean
public class CauseAction implements FoldableAction, RunAction2 {
    private final List<Cause> causes = new ArrayList<>();

    public CauseAction(Cause c) {
        causes.add(c);
    }

    public CauseAction(Collection<? extends Cause> causes) {
        this.causes.addAll(causes);
    }

    public CauseAction(CauseAction ca) {
        this(ca.causes);
    }

    @Exported(visibility = 2)
    public @NonNull List<Cause> getCauses() {
        return List.copyOf(causes);
    }

    @Override
    public String getDisplayName() {
        return "Cause";
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "cause";
    }

    public String getShortDescription() {
        return causes.isEmpty() ? "N/A" : causes.get(0).getShortDescription();
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        causes.forEach(c -> c.onLoad(owner));
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        causes.forEach(c -> c.onAddedTo(owner));
    }

    @Override
    public void foldIntoExisting(Queue.Item item, Queue.Task owner, List<Action> otherActions) {
        CauseAction existing = item.getAction(CauseAction.class);
        if (existing == null) {
            item.addAction(new CauseAction(this));
        } else {
            existing.causes.addAll(causes);
        }
    }
}
