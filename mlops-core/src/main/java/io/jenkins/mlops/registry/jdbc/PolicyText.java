package io.jenkins.mlops.registry.jdbc;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.approval.ApprovalExpression;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Promotion policies as rows keep them: JSON, which had a list of rules where it has an expression now. */
final class PolicyText {
    private static final String APPROVALS = "approvals";
    /** No text inside the document looks like this: its quotes are escaped. */
    private static final String AS_RULES = "\"" + APPROVALS + "\":[";

    private static final TypeReference<TreeMap<String, Object>> FIELDS = new TypeReference<>() {};

    private PolicyText() {}

    private record Rules(List<ApprovalRule> approvals) {}

    static String write(PromotionPolicy policy) {
        return Json.write(policy);
    }

    static PromotionPolicy read(String json) {
        if (!json.contains(AS_RULES)) {
            return Json.read(json, PromotionPolicy.class);
        }
        Map<String, Object> fields = Json.read(json, FIELDS);
        List<ApprovalRule> rules = Json.read(json, Rules.class).approvals();
        fields.put(APPROVALS, ApprovalExpression.of(rules).text());
        return Json.read(Json.write(fields), PromotionPolicy.class);
    }
}
