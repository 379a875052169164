package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.registry.retention.Keeping;
import io.jenkins.mlops.registry.retention.RetentionOutcome;
import io.jenkins.mlops.registry.retention.RetentionPreview;
import io.jenkins.mlops.registry.retention.RetentionRule;
import io.jenkins.mlops.registry.retention.RetentionStore;
import io.jenkins.mlops.registry.retention.RetentionTotal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which versions a rule lets go, what keeps the others, and what it must not touch, on every database. */
abstract class RetentionContract {
    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    private final TestClock clock = new TestClock();
    private JdbcModelRegistry registry;
    private RetentionStore store;

    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        RegistryDatabase database = openEmpty();
        registry = new JdbcModelRegistry(database, clock);
        store = new JdbcRetentionStore(database, clock);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void register(int versions) {
        for (int i = 1; i <= versions; i++) {
            registry.register(Samples.registration("v" + i, "m"));
            clock.advance(DAY);
        }
    }

    private RetentionPreview preview(RetentionRule rule, Set<String> jobs) {
        return RetentionPreview.of(store, "m", jobs, rule, clock.millis());
    }

    private List<Integer> expendable(RetentionRule rule, int limit) {
        return numbers(preview(rule, null).going(store, 0, limit));
    }

    private static List<Integer> numbers(List<RetentionOutcome> outcomes) {
        return outcomes.stream().map(outcome -> outcome.version().number()).toList();
    }

    private Map<Integer, Set<Keeping>> kept(RetentionRule rule) {
        Map<Integer, Set<Keeping>> kept = new TreeMap<>();
        preview(rule, null)
                .outcomes(
                        store,
                        registry.catalog()
                                .versions(VersionListing.newest("m", null, 100))
                                .items())
                .forEach(outcome -> kept.put(outcome.version().number(), outcome.keptBy()));
        return kept;
    }

    /** Ten versions, one a day; the last is a day old. */
    @Test
    void aVersionGoesWhenNothingKeepsIt() {
        register(10);

        goes(0, 0);
        goes(10, 0);
        goes(7, 0, 1, 2, 3);
        goes(0, 8, 1, 2, 3);
        goes(0, 9, 1, 2);
        goes(7, 9, 1, 2);
        goes(9, 2, 1);
        goes(1_000, 1);
        goes(0, 36_500);
    }

    private void goes(int newest, int days, Integer... gone) {
        RetentionRule rule = new RetentionRule(newest, days, Set.of());

        assertThat(expendable(rule, 1_000)).as("%s", rule).containsExactly(gone);
    }

    @Test
    void noneGoesOnItsFirstDay() {
        register(3);
        registry.register(Samples.registration("new", "m"));

        assertThat(expendable(new RetentionRule(1, 0, Set.of()), 10)).containsExactly(1, 2, 3);
        clock.advance(-DAY);
        assertThat(expendable(new RetentionRule(1, 0, Set.of()), 10)).containsExactly(1, 2);
    }

    @Test
    void whatServedAwaitsOrIsPinnedStays() {
        register(9);
        registry.setPolicy(PromotionPolicy.byDefault().withModel("m", 0).withApprovals(List.of()), "ann");
        promote(1, "champion");
        promote(2, "champion"); // 1 served once
        registry.setPolicy(
                PromotionPolicy.byDefault()
                        .withModel("m", 0)
                        .withApprovals(List.of(new ApprovalRule(1, Set.of("risk")))),
                "ann");
        Promotion waits = promote(3, "champion");
        Promotion refused = promote(4, "champion");
        registry.decide(Samples.decision(refused, false, "rita", "risk"));
        registry.setTag("m", 5, "keep", "", "ann");
        registry.beginDeployment(new DeploymentRequest(
                "d", "iris", "process", "m", 6, registry.version("m", 6).digest(), null, true, null, null, "ann"));
        registry.finishDeployment("d", DeploymentState.FAILED, null, "no");
        registry.override("o", "m", 7, "shadow", "root", "urgent");
        registry.deleteAlias("m", "shadow", "ann");
        RetentionRule rule = new RetentionRule(1, 0, Set.of(RetentionRule.KEEP));

        assertThat(expendable(rule, 10)).containsExactly(4, 8);
        assertThat(kept(rule))
                .isEqualTo(Map.of(
                        1, Set.of(Keeping.SERVED),
                        2, Set.of(Keeping.ALIAS, Keeping.SERVED),
                        3, Set.of(Keeping.PROMOTION),
                        4, Set.of(),
                        5, Set.of(Keeping.TAG),
                        6, Set.of(Keeping.ENDPOINT),
                        7, Set.of(Keeping.SERVED),
                        8, Set.of(),
                        9, Set.of(Keeping.NEWEST)));
        for (int number : new int[] {1, 2, 3, 5, 6, 7, 9}) {
            assertThatThrownBy(() -> delete(rule, number))
                    .isInstanceOf(RegistryException.Conflict.class)
                    .hasMessageContaining("stays");
        }
        delete(rule, 4);
        assertThatThrownBy(() -> registry.version("m", 4)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> delete(rule, 4)).isInstanceOf(RegistryException.NotFound.class);
        assertThat(registry.ledger("m", Page.Request.first(1)).items().get(0).payload())
                .contains("retention keeps the newest 1");
        registry.withdraw(waits.id(), "requester", "no");
        assertThat(expendable(rule, 10)).containsExactly(3, 8);
        assertThat(registry.verifyLedger().intact()).isTrue();
    }

    private void delete(RetentionRule rule, int number) {
        store.delete(rule.query("m", null, clock.millis()), number, "system", rule.reason());
    }

    private Promotion promote(int number, String alias) {
        ModelVersion version = registry.version("m", number);
        return registry.requestPromotion(Samples.request(registry, "p" + number, version, alias, Verdict.PASS));
    }

    @Test
    void aRuleThatKeepsAllSaysSo() {
        register(2);

        assertThat(kept(RetentionRule.ALL)).isEqualTo(Map.of(1, Set.of(Keeping.RULE), 2, Set.of(Keeping.RULE)));
        assertThat(preview(RetentionRule.ALL, null).total()).isEqualTo(RetentionTotal.NOTHING);
        assertThat(preview(RetentionRule.ALL, null).going(store, 0, 10)).isEmpty();
        assertThat(RetentionPreview.of(store, "other", null, new RetentionRule(1, 0, Set.of()), clock.millis())
                        .total())
                .isEqualTo(RetentionTotal.NOTHING);
    }

    /** The size is of files as {@link Samples#registration} has them: a key of two letters and a note of two. */
    @Test
    void manyGoSomeAtATime() {
        register(8);
        RetentionRule rule = new RetentionRule(2, 0, Set.of());

        assertThat(expendable(rule, 4)).containsExactly(1, 2, 3, 4);
        assertThat(numbers(preview(rule, null).going(store, 4, 4))).containsExactly(5, 6);
        assertThat(numbers(preview(rule, null).going(store, 2_000, 4))).isEmpty();
        assertThat(preview(rule, null).total()).isEqualTo(new RetentionTotal(6, 6 * 4, false));
    }

    /** What keeps a version is looked for among all of them: the newest is another job's. */
    @Test
    void aReaderOfSomeJobsSeesTheirVersionsAlone() {
        register(3);
        registry.register(Registration.of("alone", "m", List.of(Samples.file("a", "b")), "ann"));
        clock.advance(2 * DAY);
        RetentionRule rule = new RetentionRule(1, 0, Set.of());

        assertThat(numbers(preview(rule, Set.of("team/train")).going(store, 0, 10)))
                .containsExactly(1, 2, 3);
        assertThat(preview(rule, Set.of("team/train")).total().versions()).isEqualTo(3);
        assertThat(preview(rule, Set.of("other")).total()).isEqualTo(RetentionTotal.NOTHING);
        assertThat(preview(rule, Set.of()).outcomes(store, List.of(registry.version("m", 1))))
                .isEmpty();
    }

    @Test
    void ofMoreThanGoAtOnceTheRestFollows() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(16); // what comes together is committed together
        for (int i = 1; i <= RetentionStore.AT_ONCE + 2; i++) {
            String key = "v" + i;
            many.execute(() -> registry.register(Registration.of(key, "m", List.of(Samples.file("a", "b")), "ann")));
        }
        many.shutdown();
        assertThat(many.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        clock.advance(2 * DAY);

        assertThat(preview(new RetentionRule(1, 0, Set.of()), null).total())
                .isEqualTo(new RetentionTotal(RetentionStore.AT_ONCE, RetentionStore.AT_ONCE, true));
        assertThat(preview(new RetentionRule(2, 0, Set.of()), null).total())
                .isEqualTo(new RetentionTotal(RetentionStore.AT_ONCE, RetentionStore.AT_ONCE, false));
        assertThat(numbers(preview(new RetentionRule(1, 0, Set.of()), null).going(store, 995, 50)))
                .containsExactly(996, 997, 998, 999, 1000);
    }

    @Test
    void aRuleOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> new RetentionRule(-1, 0, Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetentionRule(0, 36_501, Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetentionRule(0, 0, Set.of(" "))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetentionRule.ALL.query("m", null, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theTagThatKeepsIsOneThatTheRuleHonours() {
        assertThat(new RetentionRule(1, 0, Set.of("audit", "keep", "zoo")).keepTag())
                .isEqualTo("keep");
        assertThat(new RetentionRule(1, 0, Set.of("legal", "audit")).keepTag()).isEqualTo("audit");
        assertThat(new RetentionRule(1, 0, Set.of()).keepTag()).isNull();
    }
}
