package io.jenkins.plugins.mlops.registry.notice;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import java.io.IOException;

/**
 * A way to tell somebody about promotions.
 *
 * <p>Notifiers are configured under Manage Jenkins, System, or as code. They are called in the background, one notice
 * after the other; a delivery that fails is tried again with growing pauses, under the same id.
 */
public abstract class PromotionNotifier implements Describable<PromotionNotifier>, ExtensionPoint {
    /** Whether this notice is to be delivered here. */
    public boolean wants(PromotionNotice notice) {
        return true;
    }

    /**
     * Delivers a notice; may wait for half a minute.
     *
     * @param deliveryId tells deliveries apart; the same for each attempt at this one
     * @throws Refused when trying again would not help
     * @throws IOException when it may be tried again
     */
    public abstract void deliver(PromotionNotice notice, String deliveryId) throws IOException;

    /** Where notices go, for the log; without secrets. */
    public abstract String destination();

    /** Says that a delivery failed for good. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }

        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
