package hudson.model;

import hudson.util.LogTaskListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;

/** Periodic work in a thread of its own. */
public abstract class AsyncPeriodicWork extends PeriodicWork {
    public final String name;
    private final AtomicBoolean running = new AtomicBoolean();

    protected AsyncPeriodicWork(String name) {
        this.name = name;
    }

    @Override
    public final void doRun() {
        if (!running.compareAndSet(false, true)) {
            logger.log(Level.INFO, "{0} is still running, so this time is left out", name);
            return;
        }
        Computer.threadPoolForRemoting.submit(() -> {
            try {
                execute(new LogTaskListener(logger, getNormalLoggingLevel()));
            } catch (IOException | InterruptedException | RuntimeException e) {
                logger.log(Level.WARNING, name + " failed", e);
            } finally {
                running.set(false);
            }
        });
    }

    protected Level getNormalLoggingLevel() {
        return Level.INFO;
    }

    protected abstract void execute(TaskListener listener) throws IOException, InterruptedException;
}
