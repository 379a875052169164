package io.jenkins.mlops.registry.approval;

import io.jenkins.mlops.registry.ApprovalRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether there are people enough to meet an expression, as far as they are known.
 *
 * <p>Exact where every circle's members are known, by seating as many different people as can be; a circle that may
 * have any number of members (a group that can't be listed, anyone) never counts as too small.
 */
public final class ApprovalReach {
    private final KnownPeople people;
    private final Set<String> barred;

    /**
     * @param people what is known about users and groups
     * @param barred ids of people who may not approve, in any case
     */
    public ApprovalReach(KnownPeople people, Collection<String> barred) {
        this.people = people;
        this.barred = new TreeSet<>();
        barred.forEach(id -> this.barred.add(lower(id)));
    }

    /** Why the expression can never be met; empty when it can, or when nobody knows. */
    public Optional<String> unmeetable(ApprovalExpression expression) {
        int places = Integer.MAX_VALUE;
        int seated = 0;
        for (List<ApprovalRule> rules : expression.alternatives()) {
            int needed = rules.stream().mapToInt(ApprovalRule::count).sum();
            int most = seats(rules);
            if (most == needed) {
                return Optional.empty();
            }
            if (needed - most < places - seated) {
                places = needed;
                seated = most;
            }
        }
        return Optional.of(
                "'" + expression.text() + "' takes " + places + (places == 1 ? " person" : " different people")
                        + ", of those whom it names at most " + seated + " can approve"
                        + (barred.isEmpty() ? "" : " (not " + String.join(", ", barred) + ")"));
    }

    /** Names of users and groups that aren't there, as far as the host can tell. */
    public List<String> strangers(ApprovalExpression expression) {
        Set<String> strangers = new TreeSet<>();
        expression
                .alternatives()
                .forEach(rules -> rules.forEach(rule -> rule.approvers().forEach(approver -> {
                    boolean group = approver.startsWith("group:");
                    boolean user = approver.startsWith("user:");
                    String name = group || user ? approver.substring(approver.indexOf(':') + 1) : approver;
                    boolean noGroup = user || people.isGroup(name).equals(Optional.of(false));
                    boolean noUser = group || people.isUser(name).equals(Optional.of(false));
                    if (noGroup && noUser) {
                        strangers.add(approver);
                    }
                })));
        return List.copyOf(strangers);
    }

    /** How many of the places of rules can be taken by different people. */
    private int seats(List<ApprovalRule> rules) {
        List<Set<String>> places = new ArrayList<>();
        int seats = 0;
        for (ApprovalRule rule : rules) {
            Optional<Set<String>> circle = circle(rule);
            for (int i = 0; i < rule.count(); i++) {
                if (circle.isPresent()) {
                    places.add(circle.get());
                } else {
                    seats++;
                }
            }
        }
        Set<String> everyone = new TreeSet<>();
        places.forEach(everyone::addAll);
        int[] seatOf = new int[everyone.size()];
        Arrays.fill(seatOf, -1);
        List<String> ids = List.copyOf(everyone);
        for (int place = 0; place < places.size(); place++) {
            if (seat(place, places, ids, seatOf, new boolean[ids.size()])) {
                seats++;
            }
        }
        return seats;
    }

    private static boolean seat(int place, List<Set<String>> places, List<String> ids, int[] seatOf, boolean[] tried) {
        for (int person = 0; person < ids.size(); person++) {
            if (tried[person] || !places.get(place).contains(ids.get(person))) {
                continue;
            }
            tried[person] = true;
            if (seatOf[person] < 0 || seat(seatOf[person], places, ids, seatOf, tried)) {
                seatOf[person] = place;
                return true;
            }
        }
        return false;
    }

    /** Everyone who counts for a rule and isn't barred; empty when that can be any number of people. */
    private Optional<Set<String>> circle(ApprovalRule rule) {
        Set<String> circle = new TreeSet<>();
        if (rule.approvers().isEmpty()) {
            return Optional.empty();
        }
        for (String approver : rule.approvers()) {
            boolean user = approver.startsWith("user:");
            boolean group = approver.startsWith("group:");
            String name = user || group ? approver.substring(approver.indexOf(':') + 1) : approver;
            // A user whom nobody knows yet may come and log in, but not one with the name of a group.
            boolean onlyGroup = !user
                    && people.isGroup(name).equals(Optional.of(true))
                    && people.isUser(name).equals(Optional.of(false));
            if (!group && !onlyGroup) {
                circle.add(lower(name));
            }
            if (!user && !people.isGroup(name).equals(Optional.of(false))) {
                Optional<Set<String>> members = people.members(name);
                if (members.isEmpty()) {
                    return Optional.empty();
                }
                members.get().forEach(member -> circle.add(lower(member)));
            }
        }
        circle.removeAll(barred);
        return Optional.of(circle);
    }

    private static String lower(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
