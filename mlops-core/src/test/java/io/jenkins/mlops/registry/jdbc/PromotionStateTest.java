package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Random sequences of requests, decisions, withdrawals, time and restarts against what must hold after each. */
class PromotionStateTest {
    private static final long YEAR = 365L * 24 * 60 * 60 * 1000;
    private static final List<String> PEOPLE = List.of("mia", "max", "rita", "ann", "requester");

    private final TestClock clock = new TestClock();
    private final List<String> promotions = new ArrayList<>();
    private final Map<String, Promotion> seen = new HashMap<>();
    private Path directory;
    private JdbcModelRegistry registry;
    private int keys;

    /** One step: what is done, to which of the things there are, by whom. */
    record Step(Kind kind, int which, int who) {
        enum Kind {
            REQUEST,
            APPROVE,
            REJECT,
            WITHDRAW,
            VERIFY,
            ROLLBACK,
            INVALIDATE,
            CONFIRM,
            WAIT,
            CLOCK_BACK,
            OPENING,
            TOGETHER,
            APPROVE_UNCHECKED,
            YEAR_AND_BACK,
            RESTART
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step.Kind> kinds = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(5, Step.Kind.REQUEST),
                net.jqwik.api.Tuple.of(12, Step.Kind.APPROVE),
                net.jqwik.api.Tuple.of(2, Step.Kind.REJECT),
                net.jqwik.api.Tuple.of(1, Step.Kind.WITHDRAW),
                net.jqwik.api.Tuple.of(1, Step.Kind.VERIFY),
                net.jqwik.api.Tuple.of(1, Step.Kind.ROLLBACK),
                net.jqwik.api.Tuple.of(1, Step.Kind.WAIT),
                net.jqwik.api.Tuple.of(1, Step.Kind.RESTART),
                net.jqwik.api.Tuple.of(1, Step.Kind.INVALIDATE),
                net.jqwik.api.Tuple.of(1, Step.Kind.CONFIRM),
                net.jqwik.api.Tuple.of(1, Step.Kind.CLOCK_BACK),
                net.jqwik.api.Tuple.of(3, Step.Kind.OPENING),
                net.jqwik.api.Tuple.of(4, Step.Kind.APPROVE_UNCHECKED),
                net.jqwik.api.Tuple.of(1, Step.Kind.YEAR_AND_BACK),
                net.jqwik.api.Tuple.of(3, Step.Kind.TOGETHER));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 4))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(40);
    }

    @BeforeTry
    void open() throws IOException {
        directory = Files.createTempDirectory("promotions");
        registry = opened();
        registry.setPolicy(
                PromotionPolicy.byDefault()
                        .withApprovals(List.of(new ApprovalRule(2, Set.of())))
                        .withChangeWindows("daily 22:15-22:16")
                        .withExpiryMillis(60_000),
                "admin");
        for (int i = 1; i <= 3; i++) {
            registry.register(Samples.registration("v" + i, "m"));
        }
        promotions.clear();
        seen.clear();
    }

    private JdbcModelRegistry opened() {
        return new JdbcModelRegistry(RegistryDatabase.openEmbedded(directory), clock);
    }

    @AfterTry
    void clear() throws IOException {
        registry.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
    void noDecisionIsLostAndAnAliasMovesOncePerPromotion(@ForAll("steps") List<Step> steps) {
        for (Step step : steps) {
            take(step);
            check();
        }
        assertThat(registry.verifyLedger().explanation()).endsWith("fit together");
    }

    private void take(Step step) {
        String user = PEOPLE.get(step.who());
        String target = promotions.isEmpty() ? null : promotions.get(step.which() % promotions.size());
        clock.advance(1);
        switch (step.kind()) {
            case REQUEST -> {
                ModelVersion version = registry.version("m", 1 + step.which() % 3);
                Promotion made = registry.requestPromotion(
                        Samples.request(registry, "key" + keys++, version, "champion", Verdict.PASS));
                promotions.add(made.id());
            }
            case WAIT -> {
                clock.advance(step.which() * 18_000L);
                registry.expire(clock.millis());
            }
            case CLOCK_BACK -> clock.advance(-20_000L * step.which());
            case CONFIRM -> registry.confirmApplied();
            case OPENING -> {
                // The test clock begins at 22:13:20, and the window opens at 22:15.
                clock.advance(step.which() * 20_000L);
                for (Promotion due : registry.due(clock.millis())) {
                    attempt(() -> assertThat(registry.apply(due.id()).state()).isEqualTo(PromotionState.APPLIED));
                }
            }
            case TOGETHER -> {
                if (target != null) {
                    together(target, step.who());
                }
            }
            case APPROVE_UNCHECKED -> {
                if (target != null) {
                    attempt(() -> {
                        Promotion decided =
                                registry.applyingLater().decide(decision(registry.promotion(target), true, user));
                        assertThat(decided.state().isApplied()).isFalse();
                    });
                }
            }
            case YEAR_AND_BACK -> {
                clock.advance(YEAR);
                if (target != null) {
                    Promotion before = registry.promotion(target);
                    attempt(() -> registry.decide(decision(before, true, user)));
                    attempt(() -> registry.apply(target));
                    assertThat(registry.promotion(target)).isEqualTo(before);
                }
                clock.advance(-YEAR);
            }
            case RESTART -> {
                registry.close();
                registry = opened();
            }
            case ROLLBACK ->
                attempt(() -> promotions.add(registry.rollback("key" + keys++, "m", "champion", 0, user, "")
                        .id()));
            default -> {
                if (target != null) {
                    attempt(() -> onPromotion(step.kind(), target, user));
                }
            }
        }
    }

    private void onPromotion(Step.Kind kind, String id, String user) {
        Promotion before = registry.promotion(id);
        switch (kind) {
            case WITHDRAW -> registry.withdraw(id, user, "");
            case VERIFY -> registry.verify(id, user, "");
            case INVALIDATE -> registry.invalidate(id, "the file changed");
            default -> {
                Promotion after = registry.decide(new Decision(
                        id,
                        kind == Step.Kind.APPROVE,
                        user,
                        Set.of(),
                        "",
                        before.revision(),
                        before.versionDigest(),
                        before.evidenceHash()));
                assertThat(before.state())
                        .isIn(
                                PromotionState.AWAITING_APPROVAL,
                                kind == Step.Kind.REJECT ? PromotionState.APPROVED : PromotionState.AWAITING_APPROVAL);
                assertThat(after.decisions()).hasSize(before.decisions().size() + 1);
                assertThat(Set.of("ann", "requester").contains(user) && kind == Step.Kind.APPROVE)
                        .isFalse();
            }
        }
    }

    /** Two people, or a person and the clock, on one promotion at the same moment: both orders are legal, no other. */
    private void together(String id, int who) {
        Promotion before = registry.promotion(id);
        AtomicInteger taken = new AtomicInteger();
        Runnable first = () -> attempt(() -> {
            registry.decide(decision(before, true, PEOPLE.get(who)));
            taken.incrementAndGet();
        });
        Runnable second = () -> attempt(() -> {
            switch (who) {
                case 0 -> registry.apply(id);
                case 1 -> registry.withdraw(id, "requester", "");
                case 2 -> registry.expire(clock.millis());
                default -> {
                    registry.decide(decision(before, who == 3, PEOPLE.get((who + 1) % PEOPLE.size())));
                    taken.incrementAndGet();
                }
            }
        });
        Thread other = new Thread(second);
        other.start();
        first.run();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(registry.promotion(id).decisions())
                .hasSize(before.decisions().size() + taken.get());
        // Both saw the same revision, so at most one decision counts.
        assertThat(taken.get()).isLessThanOrEqualTo(1);
    }

    private static Decision decision(Promotion seen, boolean approve, String user) {
        return new Decision(
                seen.id(), approve, user, Set.of(), "", seen.revision(), seen.versionDigest(), seen.evidenceHash());
    }

    private static void attempt(Runnable change) {
        try {
            change.run();
        } catch (RegistryException.Conflict | RegistryException.Forbidden | RegistryException.NotFound e) {
            // A refusal is an answer; check() sees that it changed nothing that must not change.
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private void check() {
        Map<String, Long> moves = registry.aliasHistory("m", "champion").stream()
                .collect(Collectors.groupingBy(AliasChange::promotionId, Collectors.counting()));
        int awaiting = 0;
        int scheduled = 0;
        for (String id : promotions) {
            Promotion now = registry.promotion(id);
            Promotion before = seen.put(id, now);
            if (before != null) {
                assertThat(now.decisions().subList(0, before.decisions().size()))
                        .isEqualTo(before.decisions());
                assertThat(now.revision()).isGreaterThanOrEqualTo(before.revision());
                assertThat(reachable(before.state(), now.state())).isTrue();
            }
            assertThat(moves.getOrDefault(id, 0L)).isBetween(0L, now.state().isApplied() ? 1L : 0L);
            if (now.state().isApplied() && now.kind() == io.jenkins.mlops.registry.PromotionKind.PROMOTION) {
                assertThat(now.policy().windows().isOpen(now.appliedMillis())).isTrue();
            }
            boolean rollback = now.kind() == io.jenkins.mlops.registry.PromotionKind.ROLLBACK;
            if (now.state().isApplied() && !rollback) {
                assertThat(now.decisions()).hasSize(2).allMatch(decision -> decision.approve());
            }
            scheduled += now.state() == PromotionState.APPROVED ? 1 : 0;
            awaiting += now.state() == PromotionState.AWAITING_APPROVAL ? 1 : 0;
        }
        assertThat(registry.pending()).hasSize(awaiting);
        assertThat(registry.scheduled()).hasSize(scheduled);
        int holder = registry.byAlias("m", "champion").map(ModelVersion::number).orElse(0);
        List<AliasChange> history = registry.aliasHistory("m", "champion");
        assertThat(holder).isEqualTo(history.isEmpty() ? 0 : history.get(0).version());
    }

    private static boolean reachable(PromotionState from, PromotionState to) {
        return from == to || from.next().stream().anyMatch(next -> reachable(next, to));
    }
}
