package io.jenkins.plugins.mlops.registry;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.mlops.registry.Promotion;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hears of each promotion that has changed, after the registry has it on disk. */
public interface PromotionListener extends ExtensionPoint {
    /** Called by the thread that made the change; may not wait for anything. */
    void onChanged(Promotion promotion);

    /** Tells all listeners; one that fails is logged and does not keep the others from hearing it. */
    static void fireChanged(Promotion promotion) {
        for (PromotionListener listener : ExtensionList.lookup(PromotionListener.class)) {
            try {
                listener.onChanged(promotion);
            } catch (RuntimeException x) {
                Logger.getLogger(PromotionListener.class.getName())
                        .log(
                                Level.WARNING,
                                x,
                                () -> listener.getClass().getName() + " failed on promotion " + promotion.id());
            }
        }
    }
}
