package io.jenkins.plugins.mlops.registry.notice;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Delivers notices in the background, and again where it failed: after 1, 5, 30, 120 and 600 seconds.
 *
 * <p>At most {@value #MOST} deliveries wait; what comes beyond is dropped, and logged. Nothing is kept over a restart:
 * the registry is the record, a notice only points at it.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class NoticeDelivery {
    static final int MOST = 1_000;

    private static final Logger LOGGER = Logger.getLogger(NoticeDelivery.class.getName());
    private static final int THREADS = 2;

    private final AtomicInteger waiting = new AtomicInteger();
    private final long[] pauses;
    private final ScheduledThreadPoolExecutor threads;

    public NoticeDelivery() {
        this(1_000, 5_000, 30_000, 120_000, 600_000);
    }

    /** @param pausesMillis before each further attempt, in milliseconds */
    NoticeDelivery(long... pausesMillis) {
        pauses = pausesMillis.clone();
        threads = new ScheduledThreadPoolExecutor(
                THREADS, new NamingThreadFactory(new DaemonThreadFactory(), "MLOps notices"));
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public static NoticeDelivery get() {
        return ExtensionList.lookupSingleton(NoticeDelivery.class);
    }

    /** Hands a notice over to a notifier, soon. */
    public void send(PromotionNotifier notifier, PromotionNotice notice) {
        if (waiting.incrementAndGet() > MOST) {
            waiting.decrementAndGet();
            LOGGER.log(Level.WARNING, "{0} notices wait already; {1} was not sent to {2}", new Object[] {
                MOST, notice.title(), notifier.destination()
            });
            return;
        }
        schedule(notifier, notice, UUID.randomUUID().toString(), 0, 0);
    }

    /** How many deliveries wait or are under way. */
    int waiting() {
        return waiting.get();
    }

    private void schedule(
            PromotionNotifier notifier, PromotionNotice notice, String id, int attempt, long delayMillis) {
        try {
            threads.schedule(() -> attempt(notifier, notice, id, attempt), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException x) {
            waiting.decrementAndGet();
            LOGGER.log(Level.FINE, x, () -> "Jenkins ends; " + notice.title() + " was not sent");
        }
    }

    private void attempt(PromotionNotifier notifier, PromotionNotice notice, String id, int attempt) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            notifier.deliver(notice, id);
            waiting.decrementAndGet();
        } catch (PromotionNotifier.Refused x) {
            giveUp(notifier, notice, x);
        } catch (IOException x) {
            if (attempt >= pauses.length) {
                giveUp(notifier, notice, x);
            } else {
                LOGGER.log(Level.FINE, x, () -> "attempt " + (attempt + 1) + " at " + notifier.destination());
                schedule(notifier, notice, id, attempt + 1, pauses[attempt]);
            }
        } catch (RuntimeException | Error x) { // such as a missing class of an optional plugin
            giveUp(notifier, notice, x);
        }
    }

    private void giveUp(PromotionNotifier notifier, PromotionNotice notice, Throwable why) {
        waiting.decrementAndGet();
        LOGGER.log(Level.WARNING, why, () -> "'" + notice.title() + "' could not be sent to " + notifier.destination());
    }

    void stop() {
        threads.shutdownNow();
    }

    /** Lets go of the threads before the class loader of this plugin goes away. */
    @Terminator
    @Restricted(NoExternalUse.class) // called by Jenkins
    public static void shutDown() {
        get().stop();
    }
}
