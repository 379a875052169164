package io.jenkins.mlops.testbed.remoting;

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
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

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

    /** A deep copy by Java serialisation. */
    public static <T> T copy(T o) {
        return copy(o, null);
    }

    /** A deep copy as the reader at the other end of a channel gets it. */
    @SuppressWarnings("unchecked")
    public static <T> T copy(T o, VirtualChannel peer) {
        VirtualChannel before = PEER.get();
        PEER.set(peer);
        try {
            Map<Integer, TaskListener> listeners = new HashMap<>();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (Out out = new Out(bytes, listeners)) {
                out.writeObject(o);
            }
            try (In in = new In(new ByteArrayInputStream(bytes.toByteArray()), listeners)) {
                return (T) in.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Failed to serialize " + (o == null ? null : o.getClass().getName()) + ": " + e, e);
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

        In(InputStream in, Map<Integer, TaskListener> listeners) throws IOException {
            super(in);
            this.listeners = listeners;
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(Object o) {
            return o instanceof Handle h ? listeners.get(h.number) : o;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass desc) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(desc.getName(), false, Extensions.loader());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(desc);
            }
        }
    }
}
