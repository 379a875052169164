package hudson.model.listeners;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Is told of builds. */
public abstract class RunListener<R extends Run> implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(RunListener.class.getName());

    public final Class<R> targetType;

    protected RunListener(Class<R> targetType) {
        this.targetType = targetType;
    }

    @SuppressWarnings("unchecked")
    protected RunListener() {
        this.targetType = (Class<R>) typeOf(getClass());
    }

    private static Class<?> typeOf(Class<?> c) {
        Type t = c.getGenericSuperclass();
        if (t instanceof ParameterizedType p) {
            Type a = p.getActualTypeArguments()[0];
            Type raw = a instanceof ParameterizedType q ? q.getRawType() : a;
            return raw instanceof Class<?> k ? k : Run.class;
        }
        return t == RunListener.class ? Run.class : typeOf(c.getSuperclass());
    }

    public void onCompleted(R r, @NonNull TaskListener listener) {}

    public void onFinalized(R r) {}

    public void onInitialize(R r) {}

    public void onStarted(R r, TaskListener listener) {}

    public void onDeleted(R r) {}

    public static void fireCompleted(Run r, @NonNull TaskListener listener) {
        each(r, l -> l.onCompleted(r, listener));
    }

    public static void fireInitialize(Run r) {
        each(r, l -> l.onInitialize(r));
    }

    public static void fireStarted(Run r, TaskListener listener) {
        each(r, l -> l.onStarted(r, listener));
    }

    public static void fireFinalized(Run r) {
        each(r, l -> l.onFinalized(r));
    }

    public static void fireDeleted(Run r) {
        each(r, l -> l.onDeleted(r));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void each(Run r, Consumer<RunListener> call) {
        for (RunListener l : all()) {
            if (l.targetType.isInstance(r)) {
                try {
                    call.accept(l);
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, "RunListener failed", e);
                }
            }
        }
    }

    public static ExtensionList<RunListener> all() {
        return ExtensionList.lookup(RunListener.class);
    }
}
