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
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.retention.RetentionRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which versions a rule lets go, and which it must not touch. */
class RetentionTest {
    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    private final TestClock clock = new TestClock();
    private JdbcModelRegistry registry;

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        registry.close();
    }

    private void open(int versions) {
        registry = new JdbcModelRegistry(RegistryDatabase.openEmbedded(directory), clock);
        for (int i = 1; i <= versions; i++) {
            registry.register(Samples.registration("v" + i, "m"));
            clock.advance(DAY);
        }
    }

    private List<Integer> expendable(RetentionRule rule, int limit) {
        return rule.expendable(registry, "m", clock.millis(), limit).stream()
                .map(ModelVersion::number)
                .toList();
    }

    /** Ten versions, one a day; the last is a day old. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, ''",
        "10, 0, ''",
        "7, 0, '1,2,3'",
        "0, 8, '1,2,3'",
        "0, 9, '1,2'",
        "7, 9, '1,2'",
        "9, 2, '1'",
        "1000, 1, ''",
        "0, 36500, ''"
    })
    void aVersionGoesWhenNothingKeepsIt(int newest, int days, String gone) {
        open(10);

        assertThat(expendable(new RetentionRule(newest, days, Set.of()), 1_000))
                .isEqualTo(
                        gone.isEmpty()
                                ? List.of()
                                : List.of(gone.split(",")).stream()
                                        .map(Integer::valueOf)
                                        .toList());
    }

    @Test
    void noneGoesOnItsFirstDay() {
        open(3);
        registry.register(Samples.registration("new", "m"));

        assertThat(expendable(new RetentionRule(1, 0, Set.of()), 10)).containsExactly(1, 2, 3);
        clock.advance(-DAY);
        assertThat(expendable(new RetentionRule(1, 0, Set.of()), 10)).containsExactly(1, 2);
    }

    @Test
    void whatServedAwaitsOrIsPinnedStays() {
        open(9);
        registry.setPolicy(PromotionPolicy.byDefault().withModel("m", 0).withApprovals(List.of()), "ann");
        promote(1, "champion");
        promote(2, "champion"); // 1 served once
        registry.deleteAlias("m", "champion", "ann");
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
        RetentionRule rule = new RetentionRule(1, 0, Set.of(RetentionRule.KEEP));

        assertThat(expendable(rule, 10)).containsExactly(4, 8);
        for (int number : new int[] {1, 2, 3, 6, 7}) {
            assertThatThrownBy(() -> registry.deleteNeverServed("m", number, "system", "rule"))
                    .isInstanceOf(RegistryException.Conflict.class)
                    .hasMessageContaining("stays");
        }
        registry.deleteNeverServed("m", 4, "system", "older than 1 day");
        assertThatThrownBy(() -> registry.version("m", 4)).isInstanceOf(RegistryException.NotFound.class);
        assertThat(registry.ledger("m", Page.Request.first(1)).items().get(0).payload())
                .contains("older than 1 day");
        registry.withdraw(waits.id(), "requester", "no");
        assertThat(expendable(rule, 10)).containsExactly(3, 8);
        assertThat(registry.verifyLedger().intact()).isTrue();
    }

    private Promotion promote(int number, String alias) {
        ModelVersion version = registry.version("m", number);
        return registry.requestPromotion(Samples.request(registry, "p" + number, version, alias, Verdict.PASS));
    }

    @Test
    void manyGoSomeAtATime() {
        open(8);
        RetentionRule rule = new RetentionRule(2, 0, Set.of());

        assertThat(expendable(rule, 4)).containsExactly(1, 2, 3, 4);
        assertThat(registry.neverServed("m", new Page.Request(3, "3")).items())
                .extracting(ModelVersion::number)
                .containsExactly(4, 5, 6);
        assertThat(registry.neverServed("other", Page.Request.first(3)).items()).isEmpty();
    }

    @Test
    void aRuleOutOfBoundsIsRefused() {
        open(0);
        assertThatThrownBy(() -> new RetentionRule(-1, 0, Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetentionRule(0, 36_501, Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetentionRule(0, 0, Set.of(" "))).isInstanceOf(IllegalArgumentException.class);
    }
}
