package io.jenkins.mlops.testbed.harness;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Waits for conditions. */
public final class Await {
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(Integer.getInteger("jenkins.test.timeout", 180));

    private Await() {}

    /** A condition that may fail with any exception. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until a condition holds; fails after the test's patience. */
    public static void until(Condition condition, String what) throws InterruptedException {
        until(condition, what, PATIENCE);
    }

    /** Waits until a condition holds; fails after some milliseconds, or the test's patience if that is shorter. */
    public static void until(Condition condition, String what, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(millis, PATIENCE));
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError("While waiting for: " + what, e);
            }
            if (System.nanoTime() > end) {
                Thread.getAllStackTraces()
                        .forEach((t, stack) -> Logger.getLogger(Await.class.getName())
                                .log(Level.INFO, "{0}: {1}", new Object[] {t.getName(), java.util.Arrays.toString(stack)
                                }));
                throw new AssertionError("Waited in vain for: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
