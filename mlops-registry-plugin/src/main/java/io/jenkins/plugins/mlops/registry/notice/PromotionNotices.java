package io.jenkins.plugins.mlops.registry.notice;

import hudson.Extension;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Hands each change of a promotion to the configured notifiers, once, however often it is told. */
@Extension
@Restricted(NoExternalUse.class)
public final class PromotionNotices implements PromotionListener {
    private static final int REMEMBERED = 2_000;

    private final Set<String> told = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    @Override
    public void onChanged(Promotion promotion) {
        tell(PromotionNotice.changed(promotion), promotion.id() + "/" + promotion.revision());
    }

    /** A promotion soon ends undecided. */
    public void expiring(Promotion promotion) {
        tell(PromotionNotice.expiring(promotion), promotion.id() + "/expiring");
    }

    private void tell(PromotionNotice notice, String key) {
        synchronized (told) {
            if (!told.add(key)) {
                return;
            }
        }
        for (PromotionNotifier notifier : NoticeConfiguration.get().getNotifiers()) {
            if (notifier.wants(notice)) {
                NoticeDelivery.get().send(notifier, notice);
            }
        }
    }
}
