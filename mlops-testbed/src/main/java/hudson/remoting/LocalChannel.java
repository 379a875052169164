package hudson.remoting;

import io.jenkins.mlops.testbed.remoting.Wire;
import java.io.IOException;
import java.util.concurrent.ExecutorService;

/** The channel from the controller to itself; what goes over it is serialised all the same. */
public class LocalChannel implements VirtualChannel {
    private final ExecutorService executor;

    public LocalChannel(ExecutorService executor) {
        this.executor = executor;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws T {
        try {
            return Wire.answer(Wire.request(callable, null).call(), callable, null);
        } catch (IOException e) {
            throw (T) e;
        }
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
        return Wire.async(executor, () -> call(callable));
    }

    @Override
    public void close() {}

    @Override
    public void join() throws InterruptedException {}

    @Override
    public void join(long timeout) throws InterruptedException {}

    @Override
    public <T> T export(Class<T> type, T instance) {
        return instance;
    }

    @Override
    public void syncLocalIO() throws InterruptedException {}
}
