package io.jenkins.plugins.mlops.registry.rest;

import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.approval.ApprovalExpression;
import io.jenkins.plugins.mlops.registry.gates.GateRuleText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A promotion policy as form fields, read and shown. */
final class PolicyForm {
    private PolicyForm() {}

    /** @throws IllegalArgumentException naming the field that cannot be read */
    static PromotionPolicy parse(
            String model,
            String approvals,
            String approvers,
            String separationOfDuties,
            String inconclusiveMayBeApproved,
            String expiryHours,
            String gates) {
        String rulesJson = gates == null || gates.isBlank() ? "[]" : gates;
        GateRuleText.parse(rulesJson);
        return PromotionPolicy.byDefault()
                .withModel(model, 0)
                .withApprovals(expression(approvals, approvers))
                .withSeparationOfDuties(flag("separationOfDuties", separationOfDuties, true))
                .withInconclusiveMayBeApproved(flag("inconclusiveMayBeApproved", inconclusiveMayBeApproved, false))
                .withExpiryMillis(
                        expiryHours == null || expiryHours.isBlank()
                                ? PromotionPolicy.DEFAULT_EXPIRY_MILLIS
                                : TimeUnit.HOURS.toMillis(number("expiryHours", expiryHours, 0)))
                .withGatesJson(rulesJson);
    }

    /** An expression, or a number of people beside those who count, between commas. */
    private static String expression(String approvals, String approvers) {
        Set<String> people = new LinkedHashSet<>();
        if (approvers != null) {
            for (String person : approvers.split(",")) {
                if (!person.isBlank()) {
                    people.add(person.trim());
                }
            }
        }
        String given = approvals == null ? "" : approvals.trim();
        if (!given.matches("\\d{0,9}")) {
            if (!people.isEmpty()) {
                throw new IllegalArgumentException("expected approvers only beside a number of approvals, found the"
                        + " expression '" + given + "'; name the people in it");
            }
            return given;
        }
        int needed = (int) number("approvals", given, 0);
        if (needed == 0 && !people.isEmpty()) {
            throw new IllegalArgumentException("expected approvals (how many) beside approvers, found none");
        }
        return needed == 0
                ? ""
                : ApprovalExpression.of(List.of(new ApprovalRule(needed, people)))
                        .text();
    }

    static Map<String, Object> shown(PromotionPolicy policy) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("model", policy.model());
        shown.put("revision", policy.revision());
        shown.put("approvals", policy.approvals());
        shown.put("rollbackApprovals", policy.rollbackApprovals());
        shown.put("changeWindows", policy.changeWindows());
        shown.put("restoreAlias", policy.restoreAlias());
        shown.put("origin", policy.origin());
        shown.put("separationOfDuties", policy.separationOfDuties());
        shown.put("inconclusiveMayBeApproved", policy.inconclusiveMayBeApproved());
        shown.put("expiryHours", TimeUnit.MILLISECONDS.toHours(policy.expiryMillis()));
        shown.put(
                "gates",
                GateRuleText.parse(policy.gatesJson()).stream()
                        .map(rule -> rule.describe())
                        .toList());
        shown.put("gatesJson", policy.gatesJson());
        return shown;
    }

    private static long number(String field, String text, long otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException x) {
            throw new IllegalArgumentException("expected a whole number for " + field + ", found '" + text + "'", x);
        }
    }

    private static boolean flag(String field, String text, boolean otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        return switch (text.trim()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException("expected true or false for " + field + ", found '" + text + "'");
        };
    }
}
