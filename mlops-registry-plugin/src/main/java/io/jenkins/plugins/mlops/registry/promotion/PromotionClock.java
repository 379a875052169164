package io.jenkins.plugins.mlops.registry.promotion;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.mlops.registry.ClockWatch;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.notice.PromotionNotices;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Carries promotions on, once a minute: ends what ran out of time, applies what waited for a change window. */
@Extension
@Restricted(NoExternalUse.class)
public final class PromotionClock extends AsyncPeriodicWork {
    private final ClockWatch clock;

    public PromotionClock() {
        this(new ClockWatch());
    }

    PromotionClock(ClockWatch clock) {
        super("MLOps promotions");
        this.clock = clock;
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void execute(TaskListener listener) {
        if (!clock.isSteady()) {
            listener.getLogger().println("the clock has jumped; nothing ends or begins until it has kept pace a while");
            return;
        }
        if (RegistryConnection.get().hasRecords()) {
            long now = clock.millis();
            PromotionDesk.carryOn(now)
                    .forEach(promotion -> listener.getLogger()
                            .println("promotion " + promotion.id() + " of " + promotion.model() + " is "
                                    + promotion.state()));
            PromotionNotices notices = ExtensionList.lookupSingleton(PromotionNotices.class);
            PromotionsExpiringMonitor.get().look(now).forEach(notices::expiring);
        }
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }
}
