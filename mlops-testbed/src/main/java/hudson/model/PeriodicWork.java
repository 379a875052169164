package hudson.model;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.triggers.SafeTimerTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** Work that comes again and again. */
public abstract class PeriodicWork extends SafeTimerTask implements ExtensionPoint {
    protected final Logger logger = Logger.getLogger(getClass().getName());
    protected static final long MIN = TimeUnit.MINUTES.toMillis(1);
    protected static final long HOUR = TimeUnit.HOURS.toMillis(1);
    protected static final long DAY = TimeUnit.DAYS.toMillis(1);

    /** Milliseconds between two times. */
    public abstract long getRecurrencePeriod();

    public long getInitialDelay() {
        long period = getRecurrencePeriod();
        return period <= 0 ? 0 : ThreadLocalRandom.current().nextLong(period);
    }

    public static ExtensionList<PeriodicWork> all() {
        return ExtensionList.lookup(PeriodicWork.class);
    }
}
