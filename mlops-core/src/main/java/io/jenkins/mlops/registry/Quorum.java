package io.jenkins.mlops.registry;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.approval.ApprovalExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts approvals against a policy's rules.
 *
 * <p>Each rule needs its number of people and nobody counts twice, so "2 of release-managers and 1 of risk" takes
 * three people even when one of them belongs to both circles. Whoever can fill several places is moved to where he is
 * needed (augmenting paths in the bipartite graph of people and places), so the order of the approvals doesn't matter.
 */
public final class Quorum {
    private static final ApprovalExpression ANYONE = ApprovalExpression.parse("anyone");

    private Quorum() {}

    /** Who has to approve a promotion, by the policy that it keeps. */
    public static ApprovalExpression of(Promotion promotion) {
        return of(promotion.policy(), promotion.kind(), promotion.verdict());
    }

    /**
     * Who has to approve: nobody past an override, those of the rollback policy for a rollback, and one person at
     * least for a promotion whose gates came to no verdict.
     */
    public static ApprovalExpression of(PromotionPolicy policy, PromotionKind kind, Verdict verdict) {
        return switch (kind) {
            case OVERRIDE -> ApprovalExpression.NOBODY;
            case ROLLBACK -> policy.rollbackExpression();
            case PROMOTION -> {
                ApprovalExpression asked = policy.approvalExpression();
                yield asked.isEmpty() && verdict == Verdict.INCONCLUSIVE ? ANYONE : asked;
            }
        };
    }

    /** Who may not approve a promotion, by separation of duties: who made the version, and who asks. */
    public static Set<String> barred(Promotion promotion, ModelVersion version) {
        if (!promotion.policy().separationOfDuties()) {
            return Set.of();
        }
        Set<String> barred = new TreeSet<>(version.authors());
        barred.add(version.createdBy());
        barred.add(promotion.requestedBy());
        return barred;
    }

    /** Whether a person counts for any of the rules; rules that are empty admit nobody. */
    public static boolean admits(List<ApprovalRule> rules, String userId, Set<String> groups) {
        return rules.stream().anyMatch(rule -> rule.admits(userId, groups));
    }

    /** How many places are still empty after the approvals are seated as well as can be. */
    public static int missing(List<ApprovalRule> rules, List<DecisionRecord> decisions) {
        return open(rules, decisions).stream().mapToInt(ApprovalRule::count).sum();
    }

    /** The places that are still empty after the approvals are seated as well as can be, as rules. */
    public static List<ApprovalRule> open(List<ApprovalRule> rules, List<DecisionRecord> decisions) {
        List<ApprovalRule> places = new ArrayList<>();
        rules.forEach(rule -> {
            for (int i = 0; i < rule.count(); i++) {
                places.add(rule);
            }
        });
        Map<String, DecisionRecord> people = new LinkedHashMap<>();
        decisions.stream()
                .filter(DecisionRecord::approve)
                .forEach(decision -> people.putIfAbsent(decision.userId().toLowerCase(Locale.ROOT), decision));
        List<DecisionRecord> approvals = List.copyOf(people.values());
        int[] seatedAt = new int[places.size()];
        Arrays.fill(seatedAt, -1);
        for (int person = 0; person < approvals.size(); person++) {
            seat(person, approvals, places, seatedAt, new boolean[places.size()]);
        }
        List<ApprovalRule> open = new ArrayList<>();
        int place = 0;
        for (ApprovalRule rule : rules) {
            int empty = 0;
            for (int i = 0; i < rule.count(); i++) {
                empty += seatedAt[place++] < 0 ? 1 : 0;
            }
            if (empty > 0) {
                open.add(new ApprovalRule(empty, rule.approvers()));
            }
        }
        return open;
    }

    private static boolean seat(
            int person, List<DecisionRecord> approvals, List<ApprovalRule> places, int[] seatedAt, boolean[] tried) {
        for (int place = 0; place < places.size(); place++) {
            DecisionRecord approval = approvals.get(person);
            if (tried[place] || !places.get(place).admits(approval.userId(), approval.groups())) {
                continue;
            }
            tried[place] = true;
            if (seatedAt[place] < 0 || seat(seatedAt[place], approvals, places, seatedAt, tried)) {
                seatedAt[place] = person;
                return true;
            }
        }
        return false;
    }
}
