package io.jenkins.mlops.testbed.remoting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.testbed.host.Extensions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** What a connection does to objects: writes them, reads them, and leaves everything else behind. */
public final class Wire {
    private static final ThreadLocal<VirtualChannel> PEER = new ThreadLocal<>();
    private static final ThreadLocal<Boolean> ON_AGENT = ThreadLocal.withInitial(() -> false);

    private Wire() {}

    /** The channel back to the sender of what is being read, or null on the same machine. */
    public static VirtualChannel peer() {
        return PEER.get();
    }

    /** Whether the running code plays an agent, where there is no {@code Jenkins}. */
    public static boolean onAgent() {
        return ON_AGENT.get();
    }

    /**
     * Work as an agent reads it.
     *
     * @param peer the channel back to the sender, or null on the same machine
     */
    public static <T> T request(T o, @CheckForNull VirtualChannel peer) throws IOException {
        try {
            return copy(o, peer, ClassRules::checkRequest);
        } catch (SecurityException e) {
            throw new IOException("Remote call failed", new Error("Failed to deserialize the Callable object.", e));
        }
    }

    /**
     * The result of {@code request} as the controller reads it.
     *
     * @param peer the channel to the agent, or null on the same machine
     */
    public static <T> T answer(T o, Object request, @CheckForNull VirtualChannel peer) throws IOException {
        try {
            return copy(o, peer, ClassRules::checkAnswer);
        } catch (SecurityException e) {
            throw new IOException("Failed to deserialize response to UserRequest:" + request + ": " + e, e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T o, @CheckForNull VirtualChannel peer, Consumer<Class<?>> rule) throws IOException {
        VirtualChannel before = PEER.get();
        PEER.set(peer);
        try {
            Map<Integer, TaskListener> listeners = new HashMap<>();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (Out out = new Out(bytes, listeners)) {
                out.writeObject(o);
            }
            try (In in = new In(new ByteArrayInputStream(bytes.toByteArray()), listeners, rule)) {
                return (T) in.readObject();
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } finally {
            PEER.set(before);
        }
    }

    /** Runs something as an agent would. */
    public static <V> V asAgent(Callable<V> body) throws Exception {
        boolean before = ON_AGENT.get();
        ON_AGENT.set(true);
        try {
            return body.call();
        } finally {
            ON_AGENT.set(before);
        }
    }

    /** Work that may end with any throwable. */
    public interface Body<V> {
        V run() throws Throwable;
    }

    /** Runs something on a pool. */
    public static <V> Future<V> async(ExecutorService pool, Body<V> body) {
        Pending<V> pending = new Pending<>();
        pool.submit(() -> {
            try {
                pending.complete(body.run());
            } catch (Throwable t) {
                pending.completeExceptionally(t);
            }
        });
        return pending;
    }

    private static final class Pending<V> extends CompletableFuture<V> implements Future<V> {}

    private record Handle(int number) implements Serializable {}

    private static final class Out extends ObjectOutputStream {
        private final Map<Integer, TaskListener> listeners;

        Out(OutputStream out, Map<Integer, TaskListener> listeners) throws IOException {
            super(out);
            this.listeners = listeners;
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object o) {
            if (o instanceof TaskListener l) {
                listeners.put(listeners.size(), l);
                return new Handle(listeners.size() - 1);
            }
            return o;
        }
    }

    private static final class In extends ObjectInputStream {
        private final Map<Integer, TaskListener> listeners;
        private final Consumer<Class<?>> rule;

        In(InputStream in, Map<Integer, TaskListener> listeners, Consumer<Class<?>> rule) throws IOException {
            super(in);
            this.listeners = listeners;
            this.rule = rule;
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(Object o) {
            return o instanceof Handle h ? listeners.get(h.number) : o;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass desc) throws IOException, ClassNotFoundException {
            Class<?> found;
            try {
                found = Class.forName(desc.getName(), false, Extensions.loader());
            } catch (ClassNotFoundException e) {
                found = super.resolveClass(desc);
            }
            rule.accept(found);
            return found;
        }
    }
}
