package io.jenkins.mlops.testbed.host;

import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.PeriodicWork;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/** Runs the {@link Initializer}s in the order of their milestones, and the {@link Terminator}s at the end. */
public final class Startup {
    private static final Logger LOGGER = Logger.getLogger(Startup.class.getName());

    private final Jenkins jenkins;
    private final Consumer<InitMilestone> reached;
    private final List<Method> pending;
    private InitMilestone at = InitMilestone.STARTED;

    public Startup(Jenkins jenkins, Consumer<InitMilestone> reached) {
        this.jenkins = jenkins;
        this.reached = reached;
        this.pending = methods(Initializer.class);
    }

    /** Runs what may run, up to and with a milestone. */
    public void reach(InitMilestone target) {
        while (at.ordinal() <= target.ordinal()) {
            reached.accept(at);
            for (Method m : new ArrayList<>(pending)) {
                if (m.getAnnotation(Initializer.class).after().ordinal() <= at.ordinal()) {
                    pending.remove(m);
                    call(m, m.getAnnotation(Initializer.class).fatal());
                }
            }
            if (at == InitMilestone.COMPLETED) {
                schedulePeriodicWork();
                return;
            }
            at = InitMilestone.values()[at.ordinal() + 1];
        }
    }

    private void schedulePeriodicWork() {
        for (PeriodicWork w : ExtensionList.lookup(PeriodicWork.class)) {
            Timer.get()
                    .scheduleAtFixedRate(
                            w, w.getInitialDelay(), Math.max(1, w.getRecurrencePeriod()), TimeUnit.MILLISECONDS);
        }
    }

    /** Runs the terminators. */
    public static void terminate() {
        methods(Terminator.class).forEach(m -> call(m, false));
    }

    private static void call(Method m, boolean fatal) {
        try {
            m.setAccessible(true);
            Class<?>[] types = m.getParameterTypes();
            Object[] args = new Object[types.length];
            for (int i = 0; i < args.length; i++) {
                args[i] = types[i].isInstance(Jenkins.get()) ? Jenkins.get() : ExtensionList.lookupSingleton(types[i]);
            }
            Object target = java.lang.reflect.Modifier.isStatic(m.getModifiers())
                    ? null
                    : ExtensionList.lookupSingleton(m.getDeclaringClass());
            m.invoke(target, args);
        } catch (ReflectiveOperationException e) {
            if (fatal) {
                throw new IllegalStateException("Failed " + m, e);
            }
            LOGGER.log(Level.WARNING, "Failed " + m, e);
        }
    }

    /** From the index that Jenkins reads: names of classes, each of which has at least one method so annotated. */
    private static List<Method> methods(Class<? extends Annotation> annotation) {
        Set<String> names = new TreeSet<>();
        try {
            for (URL index : Collections.list(
                    Extensions.loader().getResources("META-INF/services/annotations/" + annotation.getName()))) {
                try (InputStream in = index.openStream()) {
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(names::add);
                }
            }
            List<Method> found = new ArrayList<>();
            for (String name : names) {
                for (Method method :
                        Class.forName(name, true, Extensions.loader()).getDeclaredMethods()) {
                    if (method.isAnnotationPresent(annotation)) {
                        found.add(method);
                    }
                }
            }
            return found;
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("The index of " + annotation.getName() + " can't be read", e);
        }
    }
}
