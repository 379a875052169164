package io.jenkins.plugins.mlops.registry;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.mlops.registry.Promotion;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Ends the promotions that nobody decided in time, once a minute. */
@Extension
@Restricted(NoExternalUse.class)
public final class PromotionExpiry extends AsyncPeriodicWork {
    public PromotionExpiry() {
        super("MLOps promotion expiry");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void execute(TaskListener listener) {
        if (!RegistryConnection.get().hasRecords()) {
            return;
        }
        for (Promotion promotion : RegistryConnection.get().registry().expire(System.currentTimeMillis())) {
            listener.getLogger().println("promotion " + promotion.id() + " of " + promotion.model() + " expired");
            PromotionListener.fireChanged(promotion);
        }
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }
}
