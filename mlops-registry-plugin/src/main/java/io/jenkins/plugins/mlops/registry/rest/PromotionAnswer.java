package io.jenkins.plugins.mlops.registry.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.promotion.PromotionOutlook;
import java.util.List;
import java.util.Map;

/** Promotions as they are answered: as they stand on record, and why one can no longer be approved by anybody. */
final class PromotionAnswer {
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private PromotionAnswer() {}

    static Object of(Promotion promotion) {
        return of(promotion, new PromotionOutlook());
    }

    static List<Object> of(List<Promotion> promotions) {
        PromotionOutlook outlook = new PromotionOutlook();
        return promotions.stream().map(promotion -> of(promotion, outlook)).toList();
    }

    private static Object of(Promotion promotion, PromotionOutlook outlook) {
        if (!promotion.state().isOpen()) {
            return promotion;
        }
        try {
            String reason = outlook.unmeetable(
                            promotion, MlopsRootAction.registry().version(promotion.model(), promotion.version()))
                    .orElse("");
            if (reason.isEmpty()) {
                return promotion;
            }
            Map<String, Object> told = Json.read(Json.write(promotion), MEMBERS);
            told.put("unmeetable", reason);
            return told;
        } catch (RegistryException.NotFound x) { // the version was deleted at this moment, and the promotion with it
            return promotion;
        }
    }
}
