package io.jenkins.mlops.registry.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.DecisionRecord;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.Quorum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who has to approve, as people write it: {@code 2 of release-managers and 1 of risk}.
 *
 * <pre>
 * expression  = conjunction { "or" conjunction }
 * conjunction = term { "and" term }
 * term        = "(" expression ")" | number "of" circle | "anyone" | name
 * circle      = "anyone" | name | "(" name { ("," | "or") name } ")"
 * name        = [ "user" | "group" ] ( word | quoted )
 * </pre>
 *
 * <p>{@code and} binds closer than {@code or}; keywords are read in any case. {@code alice} alone is {@code 1 of
 * alice}. A {@code word} is any text without white space, parentheses, commas and quotes; other names, and those that
 * are keywords or numbers, stand in double quotes, with {@code \"} and {@code \\} inside. {@code user:alice} and
 * {@code group:"risk team"} are the same as {@code user alice} and {@code group "risk team"}; a name without either
 * means a user or a group. {@code anyone} is whoever has the permission to approve.
 *
 * <p>Every place takes another person: {@code alice and 1 of managers} needs a second manager where Alice is one. The
 * expression is met when, for one of its alternatives, the people who approved can be seated so that every place is
 * taken and nobody sits twice; the order in which they came doesn't matter.
 */
public final class ApprovalExpression {
    /** Longest text, in UTF-16 units. */
    public static final int MAX_LENGTH = 4_000;
    /** Most ways to meet an expression, once its {@code or}s are multiplied out. */
    public static final int MAX_ALTERNATIVES = 100;
    /** Most people that an expression may take. */
    public static final int MAX_PEOPLE = 60;
    /** Deepest nesting of parentheses. */
    public static final int MAX_DEPTH = 40;

    /** Nobody has to approve. */
    public static final ApprovalExpression NOBODY = new ApprovalExpression("", List.of(List.of()));

    private final String text;
    private final List<List<ApprovalRule>> alternatives;

    private ApprovalExpression(String text, List<List<ApprovalRule>> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /**
     * Reads an expression; null and blank text mean that nobody has to approve.
     *
     * @throws ApprovalSyntaxException naming the position, what was expected there and what was found
     */
    public static ApprovalExpression parse(@CheckForNull String text) {
        if (text == null || text.isBlank()) {
            return NOBODY;
        }
        String trimmed = text.strip();
        Limits.text("The approvals", trimmed, MAX_LENGTH);
        return new ApprovalExpression(trimmed, Collections.unmodifiableList(ApprovalParser.alternatives(trimmed)));
    }

    /** The expression of rules that are all to be met; of none when there are none. */
    public static ApprovalExpression of(List<ApprovalRule> rules) {
        return parse(rules.stream().map(ApprovalExpression::text).collect(Collectors.joining(" and ")));
    }

    /** This and another, both to be met by different people. */
    public ApprovalExpression and(ApprovalExpression other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return parse(operand() + " and " + other.operand());
    }

    private String operand() {
        return alternatives.size() == 1 ? text : "(" + text + ")";
    }

    /** A rule as this grammar writes it. */
    static String text(ApprovalRule rule) {
        List<String> names =
                rule.approvers().stream().map(ApprovalExpression::name).toList();
        String circle =
                switch (names.size()) {
                    case 0 -> "anyone";
                    case 1 -> names.get(0);
                    default -> "(" + String.join(", ", names) + ")";
                };
        return rule.count() + " of " + circle;
    }

    private static String name(String approver) {
        for (String prefix : List.of("user:", "group:")) {
            if (approver.startsWith(prefix) && approver.length() > prefix.length()) {
                String name = approver.substring(prefix.length());
                return prefix + (name.chars().allMatch(c -> ApprovalTokens.isWord((char) c)) ? name : quoted(name));
            }
        }
        ApprovalTokens.Token word = new ApprovalTokens.Token(ApprovalTokens.Kind.WORD, approver, 1, 1);
        boolean plain = approver.chars().allMatch(c -> ApprovalTokens.isWord((char) c))
                && !ApprovalParser.isReserved(word)
                && !word.isNumber()
                && !Set.of("user", "group", "user:", "group:").contains(approver.toLowerCase(Locale.ROOT));
        return plain ? approver : quoted(approver);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The text that was read, without white space around it; empty when nobody has to approve. */
    public String text() {
        return text;
    }

    /** Whether nobody has to approve. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** The ways to meet it: for one of them, all rules have to be met, by different people. */
    public List<List<ApprovalRule>> alternatives() {
        return alternatives;
    }

    /** Whether a person with these groups counts anywhere in it. */
    public boolean admits(String userId, Set<String> groups) {
        return alternatives.stream().anyMatch(rules -> Quorum.admits(rules, userId, groups));
    }

    /** The ids of the users that it names, and plain names that may be users or groups. */
    public Set<String> users() {
        Set<String> users = new TreeSet<>();
        alternatives.forEach(rules -> rules.forEach(rule -> rule.approvers().forEach(approver -> {
            if (!approver.startsWith("group:")) {
                users.add(approver.startsWith("user:") ? approver.substring("user:".length()) : approver);
            }
        })));
        return users;
    }

    /** How many more approvals are needed at the least, whatever way is taken. */
    public int missing(List<DecisionRecord> decisions) {
        return alternatives.stream()
                .mapToInt(rules -> Quorum.missing(rules, decisions))
                .min()
                .orElse(0);
    }

    /** The places that are still empty on the shortest way to meet it, with how many people each takes. */
    public List<ApprovalRule> open(List<DecisionRecord> decisions) {
        return alternatives.stream()
                .min(Comparator.comparingInt(rules -> Quorum.missing(rules, decisions)))
                .map(rules -> Quorum.open(rules, decisions))
                .orElse(List.of());
    }

    /** The groups of a person that the expression names. */
    public Set<String> named(Set<String> groups) {
        List<String> named = new ArrayList<>();
        alternatives.forEach(rules -> rules.forEach(rule -> rule.approvers().forEach(approver -> {
            String group = approver.startsWith("group:") ? approver.substring("group:".length()) : approver;
            if (groups.contains(group)) {
                named.add(group);
            }
        })));
        return Limits.lines("The approver's groups", named, 10_000);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApprovalExpression expression && expression.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return isEmpty() ? "nobody" : text;
    }
}
