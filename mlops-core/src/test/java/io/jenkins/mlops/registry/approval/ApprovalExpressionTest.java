package io.jenkins.mlops.registry.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.DecisionRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalExpressionTest {
    private static List<DecisionRecord> people(String... people) {
        List<DecisionRecord> decisions = new ArrayList<>();
        for (String person : people) {
            String[] parts = person.split(":");
            Set<String> groups = parts.length == 1 ? Set.of() : Set.of(parts[1].split("\\+"));
            decisions.add(new DecisionRecord(true, parts[0], groups, "", 0));
        }
        return decisions;
    }

    private static int missing(String expression, String... people) {
        return ApprovalExpression.parse(expression).missing(people(people));
    }

    @Test
    void andTakesDifferentPeople() {
        String text = "2 of release-managers and 1 of risk";
        assertThat(missing(text)).isEqualTo(3);
        assertThat(missing(text, "mia:release-managers+risk", "max:release-managers"))
                .isEqualTo(1);
        assertThat(missing(text, "mia:release-managers+risk", "max:release-managers", "rita:risk"))
                .isZero();
        assertThat(missing(text, "rita:risk", "rob:risk", "ray:risk")).isEqualTo(2);
        assertThat(ApprovalExpression.parse(text).open(people("rita:risk")))
                .containsExactly(new ApprovalRule(2, Set.of("release-managers")));
    }

    @Test
    void orIsMetEitherWay() {
        String text = "(alice or bob) and 1 of group \"risk team\"";
        assertThat(missing(text, "Bob")).isEqualTo(1);
        assertThat(missing(text, "bob:risk team")).isEqualTo(1);
        assertThat(missing(text, "bob", "rita:risk team")).isZero();
        assertThat(missing(text, "alice", "bob")).isEqualTo(1);
        assertThat(missing("alice or bob and carl", "alice")).isZero();
        assertThat(missing("(alice or bob) and carl", "alice")).isEqualTo(1);
    }

    @Test
    void namesAreUsersOrGroupsUnlessSaid() {
        assertThat(missing("1 of risk", "risk")).isZero();
        assertThat(missing("1 of group risk", "risk")).isEqualTo(1);
        assertThat(missing("1 of user risk", "eve:risk")).isEqualTo(1);
        assertThat(missing("group:risk", "eve:risk")).isZero();
        assertThat(missing("GROUP:\"a, b\" AND User:\"o \\\"x\\\"\"", "eve:a, b", "o \"x\""))
                .isZero();
        assertThat(missing("2 OF Anyone", "a", "A")).isEqualTo(1);
        assertThat(missing("2 of (alice, group risk or \"and\")", "and", "x:risk"))
                .isZero();
        assertThat(missing("alice and \"2\"", "alice", "2")).isZero();
        assertThat(missing("user \"user\" or group \"group\"", "user")).isZero();
    }

    @Test
    void nothingMeansNobody() {
        for (String text : Arrays.asList(null, "", "  \n ")) {
            ApprovalExpression nobody = ApprovalExpression.parse(text);
            assertThat(nobody.isEmpty()).isTrue();
            assertThat(nobody.missing(List.of())).isZero();
            assertThat(nobody.admits("x", Set.of())).isFalse();
            assertThat(nobody.and(ApprovalExpression.parse("a or b"))).hasToString("a or b");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "2 of|5|a user or group, 'anyone' or '('|the end",
                "2 of managers and and risk|19|a number, a name or '('|'and'",
                "2 managers|3|'of' after the number (a user who is called 2 is written \"2\")|'managers'",
                "0 of managers|1|a number of people from 1 to 20|'0'",
                "21 of managers|1|a number of people from 1 to 20|'21'",
                "(alice or bob|14|'and', 'or' or ')'|the end",
                "alice) and bob|6|'and', 'or' or the end|')'",
                "2 of alice, bob|11|'and', 'or' or the end; a list of names stands in parentheses, as in 2 of (alice, bob)|','",
                "2 of (alice and bob)|13|',', 'or' or ')'|'and'",
                "2 of ()|7|a user or group|')'",
                "alice or|9|a number, a name or '('|the end",
                "alice bob|7|'and', 'or' or the end|'bob'",
                "group|6|the name of a group|the end",
                "group: \"x\"|8|the name of a group right after 'group:'|\"x\"",
                "\"risk|6|'\"' to end the name that begins at position 1|the end",
                "\"a\\b\"|4|'\"' or '\\' after '\\'|'b'",
                "\"\"|1|a name between the quotes|nothing",
                "2 of (anyone)|7|a user or group|'anyone'",
            })
    void anErrorNamesPositionExpectedAndFound(String text, int position, String expected, String found) {
        assertThatThrownBy(() -> ApprovalExpression.parse(text))
                .asInstanceOf(type(ApprovalSyntaxException.class))
                .satisfies(error -> {
                    assertThat(error.position()).isEqualTo(position);
                    assertThat(error.expected()).isEqualTo(expected);
                    assertThat(error.found()).isEqualTo(found);
                    assertThat(error)
                            .hasMessageContaining(
                                    "position " + position + ": expected " + expected + ", found " + found);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 50, 5_000})
    void noTextMakesItExplode(int times) {
        String nested = "(".repeat(times) + "a" + ")".repeat(times);
        String product = "(a or b)" + " and (a or b)".repeat(times);
        String crowd = "20 of a" + " and 20 of a".repeat(times);
        for (String text : List.of(nested, product, crowd, "a".repeat(times), "(a,".repeat(times))) {
            try {
                assertThat(ApprovalExpression.parse(text).alternatives())
                        .hasSizeLessThanOrEqualTo(ApprovalExpression.MAX_ALTERNATIVES);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("approvals");
            }
        }
    }

    @Test
    void rulesBecomeTextThatReadsTheSame() {
        List<ApprovalRule> rules = List.of(
                new ApprovalRule(2, Set.of("group:risk team", "user:o\"x\\", "plain")),
                new ApprovalRule(1, Set.of()),
                new ApprovalRule(3, Set.of("and", "12", "group", "a,b")));
        assertThat(ApprovalExpression.of(rules).alternatives()).containsExactly(rules);
        assertThat(ApprovalExpression.parse("a or b")
                        .and(ApprovalExpression.of(rules.subList(1, 2)))
                        .text())
                .isEqualTo("(a or b) and 1 of anyone");
    }

    /** Three people: alice and bob are the group risk. */
    private static final KnownPeople KNOWN = new KnownPeople() {
        private final Map<String, Set<String>> groups = Map.of("risk", Set.of("Alice", "bob"));

        @Override
        public Optional<Boolean> isGroup(String name) {
            return name.equals("ldap") ? Optional.empty() : Optional.of(groups.containsKey(name));
        }

        @Override
        public Optional<Set<String>> members(String group) {
            return Optional.ofNullable(groups.get(group));
        }

        @Override
        public Optional<Boolean> isUser(String id) {
            return Optional.of(Set.of("alice", "bob", "carl").contains(id));
        }
    };

    private static boolean reachable(KnownPeople people, String text, String... barred) {
        return new ApprovalReach(people, Set.of(barred))
                .unmeetable(ApprovalExpression.parse(text))
                .isEmpty();
    }

    @Test
    void whatCanNeverBeMetIsSaid() {
        assertThat(reachable(KnownPeople.UNKNOWN, "3 of (user:alice, user:bob)"))
                .isFalse();
        assertThat(reachable(KnownPeople.UNKNOWN, "3 of (user:alice, bob)")).isTrue();
        assertThat(reachable(KnownPeople.UNKNOWN, "user:alice and user:Alice")).isFalse();
        assertThat(reachable(KnownPeople.UNKNOWN, "user:alice and 1 of anyone")).isTrue();
        assertThat(reachable(KnownPeople.UNKNOWN, "2 of user:alice or user:bob"))
                .isTrue();
        assertThat(reachable(KnownPeople.UNKNOWN, "user:alice or user:bob", "ALICE", "bob"))
                .isFalse();
        assertThat(reachable(KNOWN, "3 of risk")).isFalse();
        assertThat(reachable(KNOWN, "2 of risk and alice")).isFalse();
        assertThat(reachable(KNOWN, "2 of risk and carl")).isTrue();
        assertThat(reachable(KNOWN, "2 of risk", "alice")).isFalse();
        assertThat(reachable(KNOWN, "9 of ldap")).isTrue();
        assertThat(new ApprovalReach(KNOWN, Set.of("bob")).unmeetable(ApprovalExpression.parse("2 of risk and carl")))
                .hasValue("'2 of risk and carl' takes 3 different people, of those whom it names at most 2 can approve"
                        + " (not bob)");
        assertThat(new ApprovalReach(KNOWN, Set.of())
                        .strangers(ApprovalExpression.parse("2 of (rsik, alice, group carl, user dan, risk)")))
                .containsExactly("group:carl", "rsik", "user:dan");
    }
}
