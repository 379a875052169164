package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page {@code <jenkins>/mlops/inbox/}: what waits for a decision, the reader's own first. */
public final class InboxPage extends MlopsPage {
    private static final int MOST = 50;

    private List<PromotionCard> cards;

    @Override
    public String getDisplayName() {
        return Messages.InboxPage_displayName();
    }

    private List<PromotionCard> cards() {
        if (cards == null) {
            cards = new ArrayList<>();
            if (isStarted()) {
                long now = System.currentTimeMillis();
                for (Promotion promotion : registry().pending()) {
                    ModelVersion version = registry().version(promotion.model(), promotion.version());
                    if (reader().sees(version) || reader().may(MlopsPermissions.APPROVE)) {
                        cards.add(new PromotionCard(promotion, version, reader(), now));
                    }
                }
            }
        }
        return cards;
    }

    /** What waits for the reader, the oldest first. */
    public List<PromotionCard> getMine() {
        return cards().stream().filter(PromotionCard::isAwaited).limit(MOST).toList();
    }

    /** What waits for others, the oldest first. */
    public List<PromotionCard> getOthers() {
        return cards().stream().filter(card -> !card.isAwaited()).limit(MOST).toList();
    }

    /** How many of them the page leaves out. */
    public int getHidden() {
        return cards().size() - getMine().size() - getOthers().size();
    }

    /** Takes a decision down. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doDecide(
            @QueryParameter String id,
            @QueryParameter String decision,
            @QueryParameter String comment,
            @QueryParameter String revision) {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return Decisions.answer(this, Links.inbox(), () -> Decisions.decide(id, decision, comment, revision));
    }

    /** Takes a request back. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doWithdraw(@QueryParameter String id, @QueryParameter String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        return Decisions.answer(this, Links.inbox(), () -> PromotionDesk.withdraw(id, Decisions.text(reason)));
    }
}
