package io.jenkins.mlops.registry;

import io.jenkins.mlops.gate.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts approvals against a policy's rules.
 *
 * <p>Each rule needs its number of people and nobody counts twice, so "2 of release-managers and 1 of risk" takes
 * three people even when one of them belongs to both circles. Whoever can fill several places is moved to where he is
 * needed (augmenting paths in the bipartite graph of people and places), so the order of the approvals doesn't matter.
 */
public final class Quorum {
    private Quorum() {}

    /** How many places are still empty after the approvals on {@code promotion} are seated as well as can be. */
    static int missing(Promotion promotion) {
        return missing(rules(promotion.policy(), promotion.verdict()), promotion.decisions());
    }

    /** The rules in force: an inconclusive verdict needs one person at least. */
    public static List<ApprovalRule> rules(PromotionPolicy policy, Verdict verdict) {
        if (policy.approvals().isEmpty() && verdict == Verdict.INCONCLUSIVE) {
            return List.of(new ApprovalRule(1, java.util.Set.of()));
        }
        return policy.approvals();
    }

    /** Whether a person counts for any of the rules; rules that are empty admit nobody. */
    public static boolean admits(List<ApprovalRule> rules, String userId, java.util.Set<String> groups) {
        return rules.stream().anyMatch(rule -> rule.admits(userId, groups));
    }

    public static int missing(List<ApprovalRule> rules, List<DecisionRecord> decisions) {
        List<ApprovalRule> places = new ArrayList<>();
        rules.forEach(rule -> {
            for (int i = 0; i < rule.count(); i++) {
                places.add(rule);
            }
        });
        List<DecisionRecord> approvals =
                decisions.stream().filter(DecisionRecord::approve).toList();
        int[] seatedAt = new int[places.size()];
        Arrays.fill(seatedAt, -1);
        int seated = 0;
        for (int person = 0; person < approvals.size(); person++) {
            if (seat(person, approvals, places, seatedAt, new boolean[places.size()])) {
                seated++;
            }
        }
        return places.size() - seated;
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
