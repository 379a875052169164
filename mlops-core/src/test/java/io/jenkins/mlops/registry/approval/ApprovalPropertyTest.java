package io.jenkins.mlops.registry.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.DecisionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random expressions and people, against trying every way to seat them. */
class ApprovalPropertyTest {
    private static final List<String> GROUPS = List.of("g0", "g1", "g2");

    /** The expression as a tree, which the production code doesn't have. */
    sealed interface Node {
        String text();

        /** The leaves, in the order of the text. */
        List<Leaf> leaves();

        /** Whether it is met when each leaf got as many people as stand in {@code seats}, taken from the front. */
        boolean met(List<Integer> seats);
    }

    record Leaf(int count, Set<String> names) implements Node {
        @Override
        public String text() {
            return names.isEmpty() ? count + " of anyone" : count + " of (" + String.join(", ", names) + ")";
        }

        @Override
        public List<Leaf> leaves() {
            return List.of(this);
        }

        @Override
        public boolean met(List<Integer> seats) {
            return seats.get(0) >= count;
        }

        boolean admits(Person person) {
            return names.isEmpty()
                    || names.contains("user:" + person.id())
                    || person.groups().stream().anyMatch(group -> names.contains("group:" + group));
        }
    }

    record Pair(boolean and, Node left, Node right) implements Node {
        @Override
        public String text() {
            return "(" + left.text() + (and ? " and " : " or ") + right.text() + ")";
        }

        @Override
        public List<Leaf> leaves() {
            List<Leaf> leaves = new ArrayList<>(left.leaves());
            leaves.addAll(right.leaves());
            return leaves;
        }

        @Override
        public boolean met(List<Integer> seats) {
            int split = left.leaves().size();
            boolean first = left.met(seats.subList(0, split));
            boolean second = right.met(seats.subList(split, seats.size()));
            return and ? first && second : first || second;
        }
    }

    record Person(String id, Set<String> groups) {}

    @Provide
    Arbitrary<Node> nodes() {
        Arbitrary<Node> leaf = Combinators.combine(
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of("group:g0", "group:g1", "group:g2", "user:p0", "user:p1", "user:p2")
                                .set()
                                .ofMaxSize(2))
                .as((count, names) -> new Leaf(count, new TreeSet<>(names)));
        return leaf.flatMap(a -> Combinators.combine(
                        leaf, leaf, Arbitraries.integers().between(0, 6))
                .as((b, c, shape) -> switch (shape) {
                    case 0 -> a;
                    case 1 -> new Pair(true, a, b);
                    case 2 -> new Pair(false, a, b);
                    case 3 -> new Pair(true, new Pair(false, a, b), c);
                    case 4 -> new Pair(false, new Pair(true, a, b), c);
                    case 5 -> new Pair(true, a, new Pair(true, b, c));
                    default -> new Pair(true, a, new Pair(false, b, c));
                }));
    }

    @Provide
    Arbitrary<List<Person>> people() {
        Arbitrary<Set<String>> groups = Arbitraries.of(GROUPS).set().ofMaxSize(3);
        return groups.list().ofMaxSize(5).map(each -> {
            List<Person> people = new ArrayList<>();
            each.forEach(of -> people.add(new Person("p" + people.size(), new TreeSet<>(of))));
            return people;
        });
    }

    @Property(tries = 400)
    void isMetExactlyWhenSomeSeatingMeetsIt(@ForAll("nodes") Node node, @ForAll("people") List<Person> people) {
        ApprovalExpression expression = ApprovalExpression.parse(node.text());
        List<DecisionRecord> decisions = people.stream()
                .map(person -> new DecisionRecord(true, person.id(), person.groups(), "", 0))
                .collect(Collectors.toList());
        boolean met = expression.missing(decisions) == 0;
        List<Integer> seats = new ArrayList<>();
        node.leaves().forEach(leaf -> seats.add(0));
        assertThat(met).as(node.text()).isEqualTo(anySeating(node, people, 0, seats));
        int places = expression.open(decisions).stream()
                .mapToInt(rule -> rule.count())
                .sum();
        assertThat(places).isEqualTo(expression.missing(decisions));
        java.util.Collections.reverse(decisions);
        assertThat(expression.missing(decisions) == 0).isEqualTo(met);
        assertThat(ApprovalExpression.parse(expression.text()).alternatives()).isEqualTo(expression.alternatives());
    }

    /** What is reachable with known members is what everybody's approval meets. */
    @Property(tries = 300)
    void isReachableExactlyWhenEverybodysApprovalMeetsIt(
            @ForAll("nodes") Node node, @ForAll("people") List<Person> people) {
        if (node.leaves().stream().anyMatch(leaf -> leaf.names().isEmpty())) {
            return;
        }
        KnownPeople known = new KnownPeople() {
            @Override
            public Optional<Boolean> isGroup(String name) {
                return Optional.of(GROUPS.contains(name));
            }

            @Override
            public Optional<Set<String>> members(String group) {
                return Optional.of(people.stream()
                        .filter(person -> person.groups().contains(group))
                        .map(Person::id)
                        .collect(Collectors.toSet()));
            }

            @Override
            public Optional<Boolean> isUser(String id) {
                return Optional.of(true);
            }
        };
        // Whoever is named exists, with no groups where none are known.
        List<Person> everybody = new ArrayList<>(people);
        for (int i = people.size(); i < 3; i++) {
            everybody.add(new Person("p" + i, Set.of()));
        }
        List<Integer> seats = new ArrayList<>();
        node.leaves().forEach(leaf -> seats.add(0));
        assertThat(new ApprovalReach(known, Set.of())
                        .unmeetable(ApprovalExpression.parse(node.text()))
                        .isEmpty())
                .as(node.text())
                .isEqualTo(anySeating(node, everybody, 0, seats));
    }

    private static boolean anySeating(Node node, List<Person> people, int person, List<Integer> seats) {
        if (node.met(seats)) {
            return true;
        }
        if (person == people.size()) {
            return false;
        }
        if (anySeating(node, people, person + 1, seats)) {
            return true;
        }
        List<Leaf> leaves = node.leaves();
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            if (leaves.get(leaf).admits(people.get(person))) {
                seats.set(leaf, seats.get(leaf) + 1);
                boolean met = anySeating(node, people, person + 1, seats);
                seats.set(leaf, seats.get(leaf) - 1);
                if (met) {
                    return true;
                }
            }
        }
        return false;
    }
}
