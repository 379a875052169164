package io.jenkins.plugins.mlops.steps;

import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.plugins.mlops.registry.RegistryConnection;

/** How a promotion stands or ended, as the steps that wait for one understand it and say it. */
final class PromotionEnd {
    private PromotionEnd() {}

    /** Applied by this promotion, or given to the same version past it: by an administrator's override. */
    static boolean isInForce(Promotion promotion) {
        return promotion.state().isApplied()
                || promotion.state() == PromotionState.SUPERSEDED
                        && RegistryConnection.get()
                                .registry()
                                .byAlias(promotion.model(), promotion.alias())
                                .filter(holder -> holder.number() == promotion.version())
                                .isPresent();
    }

    /** One sentence for the build's log. */
    static String sentence(Promotion promotion) {
        String what = promotion.model() + " version " + promotion.version();
        String reason = promotion.reason().isEmpty() ? "" : ": " + promotion.reason();
        return switch (promotion.state()) {
            case APPLIED, VERIFIED -> "'" + promotion.alias() + "' is now " + what;
            case REQUESTED, AWAITING_APPROVAL, APPROVED ->
                "promotion " + promotion.id() + " of " + what + " to '" + promotion.alias()
                        + "' stays open; the build goes on";
            case REJECTED -> "The promotion of " + what + " to '" + promotion.alias() + "' was rejected" + reason;
            case EXPIRED ->
                "The promotion of " + what + " to '" + promotion.alias() + "' expired, nobody decided in time";
            case WITHDRAWN -> "The promotion of " + what + " to '" + promotion.alias() + "' was withdrawn" + reason;
            case SUPERSEDED ->
                "The promotion of " + what + " to '" + promotion.alias()
                        + "' was superseded: another version took the alias first";
        };
    }
}
