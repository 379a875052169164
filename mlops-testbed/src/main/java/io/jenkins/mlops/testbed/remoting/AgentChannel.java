package io.jenkins.mlops.testbed.remoting;

import hudson.model.Computer;
import hudson.remoting.Callable;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import java.io.IOException;

/** The channel to an agent that lives in this process. */
public final class AgentChannel implements VirtualChannel {
    private static final VirtualChannel CONTROLLER = new Refusing();
    private volatile boolean closed;

    /** Throws if the agent is gone. */
    public void check() throws ChannelClosedException {
        if (closed) {
            throw new ChannelClosedException(new IOException("The agent is disconnected"));
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException {
        check();
        try {
            Callable<V, T> there = Wire.request(callable, CONTROLLER);
            V result = Wire.asAgent(() -> {
                try {
                    return there.call();
                } catch (Exception | Error e) {
                    throw e;
                } catch (Throwable t) {
                    throw new IllegalStateException(t);
                }
            });
            check();
            return Wire.answer(result, callable, this);
        } catch (Exception e) {
            throw (T) e;
        }
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException {
        check();
        return Wire.async(Computer.threadPoolForRemoting, () -> call(callable));
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    @Override
    public synchronized void join() throws InterruptedException {
        while (!closed) {
            wait();
        }
    }

    @Override
    public synchronized void join(long timeout) throws InterruptedException {
        if (!closed) {
            wait(timeout);
        }
    }

    @Override
    public <T> T export(Class<T> type, T instance) {
        return instance;
    }

    @Override
    public void syncLocalIO() {}

    /** The way from an agent to the controller, where nothing of an agent may run. */
    private static final class Refusing implements VirtualChannel {
        @Override
        public <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException {
            throw new SecurityException(
                    "Sending " + callable.getClass().getName() + " from agent to controller is prohibited");
        }

        @Override
        public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
            throw new SecurityException(
                    "Sending " + callable.getClass().getName() + " from agent to controller is prohibited");
        }

        @Override
        public void close() {}

        @Override
        public void join() {}

        @Override
        public void join(long timeout) {}

        @Override
        public <T> T export(Class<T> type, T instance) {
            return instance;
        }

        @Override
        public void syncLocalIO() {}
    }
}
