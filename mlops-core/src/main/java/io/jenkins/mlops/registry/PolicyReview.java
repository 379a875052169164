package io.jenkins.mlops.registry;

import io.jenkins.mlops.registry.approval.ApprovalExpression;
import io.jenkins.mlops.registry.approval.ApprovalReach;
import io.jenkins.mlops.registry.approval.KnownPeople;
import io.jenkins.mlops.registry.window.ChangeWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Looks for what makes a promotion policy impossible or hard to meet, before the first promotion meets it. */
public final class PolicyReview {
    private PolicyReview() {}

    /**
     * What a policy's author should know.
     *
     * @param people what the host knows about users and groups
     * @param nowMillis the present, in epoch milliseconds
     */
    public static List<PolicyFinding> findings(PromotionPolicy policy, KnownPeople people, long nowMillis) {
        List<PolicyFinding> findings = new ArrayList<>();
        people(findings, "approvals", policy.approvalExpression(), people);
        people(findings, "rollbackApprovals", policy.rollbackExpression(), people);
        windows(findings, policy, nowMillis);
        return List.copyOf(findings);
    }

    /**
     * Refuses a policy that no promotion can ever meet.
     *
     * @throws IllegalArgumentException saying why
     */
    public static void refuseImpossible(PromotionPolicy policy, KnownPeople people, long nowMillis) {
        List<String> certain = findings(policy, people, nowMillis).stream()
                .filter(PolicyFinding::certain)
                .map(finding -> finding.field() + ": " + finding.message())
                .toList();
        if (!certain.isEmpty()) {
            throw new IllegalArgumentException(
                    "The policy can never be met and was not kept: " + String.join("; ", certain));
        }
    }

    private static void people(
            List<PolicyFinding> findings, String field, ApprovalExpression expression, KnownPeople people) {
        ApprovalReach reach = new ApprovalReach(people, Set.of());
        reach.unmeetable(expression).ifPresent(why -> findings.add(new PolicyFinding(true, field, why)));
        List<String> strangers = reach.strangers(expression);
        if (!strangers.isEmpty()) {
            findings.add(new PolicyFinding(
                    false, field, "Nobody knows " + String.join(", ", strangers) + "; is the name spelt right?"));
        }
    }

    private static void windows(List<PolicyFinding> findings, PromotionPolicy policy, long now) {
        ChangeWindows windows = policy.windows();
        OptionalLong opening = windows.nextOpening(now);
        if (opening.isEmpty()) {
            findings.add(new PolicyFinding(true, "changeWindows", "No change window opens in the next ten years"));
            return;
        }
        long wait = opening.getAsLong() - now;
        long gap = windows.longestGapMillis();
        if (wait >= policy.expiryMillis()) {
            findings.add(new PolicyFinding(
                    false,
                    "changeWindows",
                    "The next window opens at " + windows.display(opening.getAsLong())
                            + ", a promotion that is asked for now expires before, after "
                            + span(policy.expiryMillis())));
        } else if (gap >= policy.expiryMillis()) {
            findings.add(new PolicyFinding(
                    false,
                    "changeWindows",
                    "Up to " + span(gap) + " pass from one window to the next, a promotion expires after "
                            + span(policy.expiryMillis())));
        }
    }

    private static String span(long millis) {
        Duration span = Duration.ofMillis(millis);
        if (span.toHours() >= 2) {
            return span.toHours() + " h";
        }
        return span.toMinutes() >= 2 ? span.toMinutes() + " min" : span.toSeconds() + " s";
    }
}
