package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;

/** A model object that carries actions, its own and those of {@link TransientActionFactory}s. */
public abstract class Actionable implements ModelObject {
    private static final Logger LOGGER = Logger.getLogger(Actionable.class.getName());

    private volatile CopyOnWriteArrayList<Action> actions;

    @Deprecated
    @NonNull
    public List<Action> getActions() {
        if (actions == null) {
            synchronized (this) {
                if (actions == null) {
                    actions = new CopyOnWriteArrayList<>();
                }
            }
        }
        return actions;
    }

    @Exported(name = "actions")
    @NonNull
    public final List<? extends Action> getAllActions() {
        List<Action> all = new ArrayList<>(getActions());
        for (TransientActionFactory<?> factory : ExtensionList.lookup(TransientActionFactory.class)) {
            if (factory.type().isInstance(this)) {
                all.addAll(made(factory, this));
            }
        }
        return Collections.unmodifiableList(all);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Collection<? extends Action> made(TransientActionFactory factory, Object target) {
        try {
            return factory.createFor(target);
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "Could not load actions from " + factory + " for " + target, e);
            return List.of();
        }
    }

    @NonNull
    public <T extends Action> List<T> getActions(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Action a : getActions()) {
            if (type.isInstance(a)) {
                found.add(type.cast(a));
            }
        }
        for (TransientActionFactory<?> factory : ExtensionList.lookup(TransientActionFactory.class)) {
            if (factory.type().isInstance(this) && related(factory.actionType(), type)) {
                for (Action a : made(factory, this)) {
                    if (type.isInstance(a)) {
                        found.add(type.cast(a));
                    }
                }
            }
        }
        return Collections.unmodifiableList(found);
    }

    private static boolean related(Class<?> a, Class<?> b) {
        return a.isAssignableFrom(b) || b.isAssignableFrom(a);
    }

    public void addAction(@NonNull Action a) {
        getActions().add(java.util.Objects.requireNonNull(a));
    }

    public boolean addOrReplaceAction(@NonNull Action a) {
        List<Action> current = getActions();
        List<Action> old = new ArrayList<>();
        boolean found = false;
        for (Action each : current) {
            if (each.getClass() == a.getClass() && !each.equals(a)) {
                old.add(each);
            } else if (each.equals(a)) {
                found = true;
            }
        }
        current.removeAll(old);
        if (!found) {
            addAction(a);
        }
        return !found || !old.isEmpty();
    }

    public boolean removeAction(@CheckForNull Action a) {
        return a != null && getActions().remove(a);
    }

    public Action getAction(int index) {
        return actions == null ? null : actions.get(index);
    }

    public <T extends Action> T getAction(Class<T> type) {
        List<T> all = getActions(type);
        return all.isEmpty() ? null : all.get(0);
    }

    public Object getDynamic(String token, StaplerRequest2 req, StaplerResponse2 rsp) {
        for (Action a : getAllActions()) {
            String url = a.getUrlName();
            if (url != null && url.equals(token)) {
                return a;
            }
        }
        return null;
    }
}
