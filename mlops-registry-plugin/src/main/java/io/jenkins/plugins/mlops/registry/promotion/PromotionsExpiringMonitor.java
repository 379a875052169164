package io.jenkins.plugins.mlops.registry.promotion;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Tells administrators of promotions that soon end undecided: within a day, once half of their time is over.
 *
 * <p>Shows what {@link PromotionClock} last saw, so that no page waits for the database.
 */
@Extension
public final class PromotionsExpiringMonitor extends AdministrativeMonitor {
    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    private volatile List<Promotion> expiring = List.of();

    static PromotionsExpiringMonitor get() {
        return ExtensionList.lookupSingleton(PromotionsExpiringMonitor.class);
    }

    /** Looks which promotions are about to expire. @return those */
    List<Promotion> look(long nowMillis) {
        expiring = RegistryConnection.get().registry().pending().stream()
                .filter(promotion -> isExpiring(promotion, nowMillis))
                .toList();
        return expiring;
    }

    static boolean isExpiring(Promotion promotion, long nowMillis) {
        long left = promotion.expiresMillis() - nowMillis;
        long whole = promotion.expiresMillis() - promotion.requestedMillis();
        return left > 0 && left <= Math.min(DAY, whole / 2);
    }

    @Override
    public boolean isActivated() {
        return !getExpiring().isEmpty();
    }

    /** The promotions, without those that were over meanwhile. */
    @Restricted(NoExternalUse.class) // message.jelly
    public List<Promotion> getExpiring() {
        long now = System.currentTimeMillis();
        return expiring.stream()
                .filter(promotion -> promotion.expiresMillis() > now)
                .toList();
    }

    @Override
    public String getDisplayName() {
        return Messages.PromotionsExpiringMonitor_displayName();
    }
}
