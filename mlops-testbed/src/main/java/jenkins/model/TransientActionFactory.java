package jenkins.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.model.Action;
import java.util.Collection;

/** Adds actions to model objects whenever these are asked for. */
public abstract class TransientActionFactory<T> implements ExtensionPoint {
    /** The type of model object to extend. */
    public abstract Class<T> type();

    /** The most specific type of what {@link #createFor} returns. */
    public @NonNull Class<? extends Action> actionType() {
        return Action.class;
    }

    public abstract @NonNull Collection<? extends Action> createFor(@NonNull T target);
}
