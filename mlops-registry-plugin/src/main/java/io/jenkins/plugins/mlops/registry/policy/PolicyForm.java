package io.jenkins.plugins.mlops.registry.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.gate.GateReview;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.PolicyFinding;
import io.jenkins.mlops.registry.PolicyOrigin;
import io.jenkins.mlops.registry.PolicyReview;
import io.jenkins.mlops.registry.PolicyRevision;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.approval.ApprovalExpression;
import io.jenkins.plugins.mlops.registry.gates.GateRuleText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A promotion policy as plain form fields, read and shown. */
public final class PolicyForm {
    private PolicyForm() {}

    /**
     * Reads a policy; a field that is absent or empty has its default.
     *
     * @param model the model's name; null for every model without a policy of its own
     * @param field the value of a field by its name: {@code approvals} (an expression, or a number beside
     *     {@code approvers}), {@code approvers}, {@code rollbackApprovals}, {@code separationOfDuties},
     *     {@code inconclusiveMayBeApproved}, {@code restoreAlias}, {@code expiryHours}, {@code changeWindows},
     *     {@code gates} (JSON)
     * @throws IllegalArgumentException naming the field that cannot be read
     */
    public static PromotionPolicy parse(@CheckForNull String model, UnaryOperator<String> field) {
        String gates = field.apply("gates");
        String rules = gates == null || gates.isBlank() ? "[]" : gates;
        GateReview.refuseContradiction(GateRuleText.parse(rules));
        return PromotionPolicy.byDefault()
                .withModel(model, 0)
                .withApprovals(expression(field.apply("approvals"), field.apply("approvers")))
                .withRollbackApprovals(field.apply("rollbackApprovals"))
                .withSeparationOfDuties(flag("separationOfDuties", field, true))
                .withInconclusiveMayBeApproved(flag("inconclusiveMayBeApproved", field, false))
                .withRestoreAlias(flag("restoreAlias", field, false))
                .withExpiryMillis(TimeUnit.HOURS.toMillis(hours(field.apply("expiryHours"))))
                .withChangeWindows(field.apply("changeWindows"))
                .withGatesJson(rules)
                .withOrigin(PolicyOrigin.PERSON);
    }

    /** An expression, or a number of people beside those who count, between commas. */
    private static String expression(@CheckForNull String approvals, @CheckForNull String approvers) {
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
        int needed = given.isEmpty() ? 0 : Integer.parseInt(given);
        if (needed == 0 && !people.isEmpty()) {
            throw new IllegalArgumentException("expected approvals (how many) beside approvers, found none");
        }
        return needed == 0
                ? ""
                : ApprovalExpression.of(List.of(new ApprovalRule(needed, people)))
                        .text();
    }

    /** A policy as the REST API shows it, with what its author should know about it. */
    public static Map<String, Object> shown(PromotionPolicy policy) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("model", policy.model());
        shown.put("revision", policy.revision());
        shown.put("origin", policy.origin());
        shown.put("approvals", policy.approvals());
        shown.put("rollbackApprovals", policy.rollbackApprovals());
        shown.put("separationOfDuties", policy.separationOfDuties());
        shown.put("inconclusiveMayBeApproved", policy.inconclusiveMayBeApproved());
        shown.put("restoreAlias", policy.restoreAlias());
        shown.put("expiryHours", TimeUnit.MILLISECONDS.toHours(policy.expiryMillis()));
        shown.put("changeWindows", policy.changeWindows());
        shown.put(
                "gates",
                GateRuleText.parse(policy.gatesJson()).stream()
                        .map(rule -> rule.describe())
                        .toList());
        shown.put("gatesJson", policy.gatesJson());
        shown.put("findings", findings(policy));
        return shown;
    }

    /** What a policy's author should know, as far as this Jenkins knows people and metrics. */
    public static List<PolicyFinding> findings(PromotionPolicy policy) {
        List<PolicyFinding> findings =
                new ArrayList<>(PolicyReview.findings(policy, JenkinsPeople.INSTANCE, System.currentTimeMillis()));
        GateReview.doubts(GateRuleText.parse(policy.gatesJson()))
                .forEach(doubt -> findings.add(new PolicyFinding(false, "gates", doubt)));
        return findings;
    }

    /** A policy that was set at some time, as the REST API shows it. */
    public static Map<String, Object> shown(PolicyRevision revision) {
        Map<String, Object> shown = shown(revision.policy());
        shown.remove("findings");
        shown.put("setBy", revision.setBy());
        shown.put("millis", revision.millis());
        return shown;
    }

    static long hours(@CheckForNull String text) {
        if (text == null || text.isBlank()) {
            return TimeUnit.MILLISECONDS.toHours(PromotionPolicy.DEFAULT_EXPIRY_MILLIS);
        }
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException x) {
            throw new IllegalArgumentException("expected a whole number for expiryHours, found '" + text + "'", x);
        }
    }

    private static boolean flag(String name, UnaryOperator<String> field, boolean otherwise) {
        String text = field.apply(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        return switch (text.trim()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException("expected true or false for " + name + ", found '" + text + "'");
        };
    }
}
