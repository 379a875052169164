package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.util.ArrayList;
import java.util.List;

/** The page {@code <jenkins>/mlops/inbox/}: what waits for a decision, the reader's own first. */
public final class InboxPage extends DecisionPage {
    private static final int MOST = 50;

    private List<PromotionCard> cards;

    @Override
    public String getDisplayName() {
        return Messages.InboxPage_displayName();
    }

    @Override
    public String getUrl() {
        return Links.inbox();
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
}
