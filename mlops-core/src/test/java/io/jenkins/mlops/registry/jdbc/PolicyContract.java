package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.PolicyFinding;
import io.jenkins.mlops.registry.PolicyOrigin;
import io.jenkins.mlops.registry.PolicyReview;
import io.jenkins.mlops.registry.PolicyRevision;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionKind;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.approval.KnownPeople;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a policy makes of a promotion on every database: windows, rollbacks, overrides, effects. */
abstract class PolicyContract {
    private static final String CHAMPION = "champion";
    /** The test clock begins on a Tuesday at 22:13:20 UTC. */
    private static final String TONIGHT = "Tue 22:15-23:00";

    private final TestClock clock = new TestClock();
    private RegistryDatabase database;
    private JdbcModelRegistry registry;
    private ModelVersion first;
    private ModelVersion second;

    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = openEmpty();
        registry = new JdbcModelRegistry(database, clock);
        first = registry.register(Samples.registration("v1", "m"));
        second = registry.register(Samples.registration("v2", "m"));
    }

    @AfterEach
    void closeRegistry() {
        assertThat(registry.verifyLedger().explanation()).endsWith("fit together");
        registry.close();
    }

    private Promotion promote(String key, ModelVersion version) {
        return registry.requestPromotion(Samples.request(registry, key, version, CHAMPION, Verdict.PASS));
    }

    private void policy(PromotionPolicy policy) {
        registry.setPolicy(policy, "admin");
    }

    private static PromotionPolicy base() {
        return PromotionPolicy.byDefault();
    }

    @Test
    void anApprovedPromotionWaitsForItsWindow() {
        policy(base().withApprovals("1 of anyone").withChangeWindows(TONIGHT));
        Promotion asked = promote("p", first);
        Promotion approved = registry.decide(Samples.decision(asked, true, "bob"));
        assertThat(approved.state()).isEqualTo(PromotionState.APPROVED);
        assertThat(approved.applyMillis()).isEqualTo(clock.millis() + 100_000);
        assertThat(approved.reason()).isEqualTo("Approved by bob; the change window opens at 2023-11-14 22:15 UTC");
        assertThat(registry.byAlias("m", CHAMPION)).isEmpty();
        assertThat(registry.scheduled()).containsExactly(approved);
        assertThat(registry.pending()).isEmpty();
        assertThat(registry.due(clock.millis())).isEmpty();
        assertThatThrownBy(() -> registry.apply(approved.id()))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> registry.decide(Samples.decision(approved, true, "cat")))
                .isInstanceOf(RegistryException.Conflict.class);

        clock.advance(100_000);
        assertThat(registry.due(clock.millis())).containsExactly(approved);
        Promotion applied = registry.apply(approved.id());
        assertThat(applied.state()).isEqualTo(PromotionState.APPLIED);
        assertThat(registry.apply(approved.id())).isEqualTo(applied);
        assertThat(registry.byAlias("m", CHAMPION)).contains(first);
        assertThat(registry.aliasHistory("m", CHAMPION)).hasSize(1);
    }

    @Test
    void whatIsApprovedCanStillBeStopped() {
        policy(base().withChangeWindows(TONIGHT));
        Promotion scheduled = promote("p", first);
        assertThat(scheduled.state()).isEqualTo(PromotionState.APPROVED);
        assertThat(registry.decide(Samples.decision(scheduled, false, "bob")).state())
                .isEqualTo(PromotionState.REJECTED);
        Promotion withdrawn = promote("q", first);
        assertThat(registry.withdraw(withdrawn.id(), "requester", "").state()).isEqualTo(PromotionState.WITHDRAWN);
        Promotion voided = promote("r", first);
        assertThat(registry.invalidate(voided.id(), "model.bin has changed").reason())
                .isEqualTo("model.bin has changed");
        assertThatThrownBy(() -> registry.invalidate(voided.id(), "again"))
                .isInstanceOf(RegistryException.Conflict.class);
        Promotion gone = promote("s", first);
        registry.deleteVersion("m", 1, "admin");
        assertThat(registry.promotion(gone.id()).state()).isEqualTo(PromotionState.REJECTED);
        assertThat(registry.promotion(gone.id()).reason()).contains("deleted by admin");
        clock.advance(100_000);
        assertThat(registry.due(clock.millis())).isEmpty();
    }

    @Test
    void aWindowThatComesTooLateLetsItExpire() {
        policy(base().withChangeWindows(TONIGHT).withExpiryMillis(60_000));
        Promotion late = promote("p", first);
        assertThat(late.reason()).endsWith("after it has expired");
        clock.advance(110_000);
        assertThat(registry.due(clock.millis())).isEmpty();
        assertThatThrownBy(() -> registry.apply(late.id())).hasMessageContaining("ran out of time");
        assertThat(registry.expire(clock.millis()))
                .extracting(Promotion::reason)
                .containsExactly("It was approved, but no change window opened in time");
    }

    @Test
    void oneOfTwoThatWaitForTheSameWindowIsApplied() {
        policy(base().withChangeWindows(TONIGHT));
        Promotion a = promote("p", first);
        Promotion b = promote("q", second);
        clock.advance(100_000);
        for (Promotion due : registry.due(clock.millis())) {
            try {
                registry.apply(due.id());
            } catch (RegistryException.Conflict e) {
                assertThat(due.id()).isEqualTo(b.id());
            }
        }
        assertThat(registry.promotion(a.id()).state()).isEqualTo(PromotionState.APPLIED);
        assertThat(registry.promotion(b.id()).state()).isEqualTo(PromotionState.SUPERSEDED);
    }

    @Test
    void aRollbackHasApprovalsOfItsOwnAndNoWindow() {
        promote("p", first);
        promote("q", second);
        policy(base().withApprovals("2 of anyone")
                .withRollbackApprovals("1 of group:oncall")
                .withChangeWindows(TONIGHT));
        Promotion back = registry.rollback("r", "m", CHAMPION, 1, "bob", "slow");
        assertThat(back.kind()).isEqualTo(PromotionKind.ROLLBACK);
        assertThat(back.state()).isEqualTo(PromotionState.AWAITING_APPROVAL);
        assertThat(back.approvals()).hasToString("1 of group:oncall");
        assertThat(registry.pending()).containsExactly(back);
        assertThatThrownBy(() -> registry.decide(Samples.decision(back, true, "eve", "others")))
                .isInstanceOf(RegistryException.Forbidden.class);
        assertThatThrownBy(() -> registry.decide(Samples.decision(back, true, "bob", "oncall")))
                .isInstanceOf(RegistryException.Forbidden.class)
                .hasMessageContaining("separates duties");
        assertThat(registry.decide(Samples.decision(back, true, "olga", "oncall"))
                        .state())
                .isEqualTo(PromotionState.APPLIED);
        assertThat(registry.byAlias("m", CHAMPION)).contains(first);
    }

    @Test
    void anOverrideSaysWhatItBypassed() {
        policy(base().withApprovals("2 of group:managers").withChangeWindows(TONIGHT));
        assertThat(registry.override("o", "m", 1, CHAMPION, "root", "outage").state())
                .isEqualTo(PromotionState.APPLIED);
        LedgerEntry entry = registry.ledger("m", Page.Request.first(50)).items().stream()
                .filter(one -> one.kind().equals("policy.bypassed"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.actor()).isEqualTo("root");
        assertThat(entry.payload())
                .contains("\"approvals\":\"2 of group:managers\"", "\"reason\":\"outage\"", "\"windowOpen\":false");
    }

    @Test
    void anAppliedPromotionIsReadBack() throws Exception {
        Promotion before = promote("p", first);
        Promotion applied = promote("q", second);
        assertThat(registry.confirmApplied())
                .extracting(Promotion::id, Promotion::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(before.id(), PromotionState.VERIFIED),
                        org.assertj.core.groups.Tuple.tuple(applied.id(), PromotionState.VERIFIED));
        assertThat(registry.confirmApplied()).isEmpty();
        assertThat(registry.promotion(applied.id()).reason()).contains("read back");
        assertThat(registry.hasValidPromotion("m", 1, first.digest(), CHAMPION)).isTrue();
    }

    @Test
    void anAliasThatWasMovedPastTheRegistryIsGivenBack() {
        promote("p", first);
        Promotion applied = promote("q", second);
        registry.register(Samples.registration("v3", "m"));
        database.write(tx -> tx.update("UPDATE mlops_alias SET number = 3 WHERE alias = ?", CHAMPION));
        registry.confirmApplied();
        Promotion failed = registry.promotion(applied.id());
        assertThat(failed.state()).isEqualTo(PromotionState.REJECTED);
        assertThat(failed.reason()).contains("pointed at version 3 instead of version 2", "given back to version 1");
        assertThat(registry.byAlias("m", CHAMPION)).contains(first);
        assertThat(registry.hasValidPromotion("m", 2, second.digest(), CHAMPION))
                .isFalse();
    }

    @Test
    void policiesKeepTheirHistory() {
        policy(base().withModel("m", 0).withApprovals("alice or bob"));
        clock.advance(5);
        registry.setPolicy(
                base().withModel("m", 0).withApprovals("2 of group:managers").withOrigin(PolicyOrigin.CONFIGURATION),
                "configuration");
        assertThat(registry.policyHistory("m"))
                .extracting(PolicyRevision::setBy, revision -> revision.policy().approvals())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("configuration", "2 of group:managers"),
                        org.assertj.core.groups.Tuple.tuple("admin", "alice or bob"));
        assertThat(registry.policyHistory(null)).isEmpty();
        assertThat(registry.policy("m").origin()).isEqualTo(PolicyOrigin.CONFIGURATION);
        assertThat(registry.policyHistory("m").get(1).policy().origin()).isEqualTo(PolicyOrigin.PERSON);
        assertThat(registry.policy("m")
                        .asksTheSame(registry.policyHistory("m").get(1).policy()))
                .isFalse();
    }

    @Test
    void aPolicyThatCanNeverBeMetIsNotKept() {
        assertThatThrownBy(() -> policy(base().withApprovals("3 of (user:alice, user:bob)")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("approvals: '3 of (user:alice, user:bob)' takes 3 different people");
        assertThatThrownBy(() -> policy(base().withRollbackApprovals("2 of user:alice")))
                .hasMessageContaining("rollbackApprovals");
        assertThatThrownBy(() -> policy(base().withChangeWindows("freeze 2020-01-01..2999-12-31")))
                .hasMessageContaining("No change window opens");
        assertThat(registry.policyHistory(null)).isEmpty();
        List<PolicyFinding> findings = PolicyReview.findings(
                base().withChangeWindows("Fri 09:00-10:00")
                        .withExpiryMillis(Duration.ofHours(24).toMillis()),
                KnownPeople.UNKNOWN,
                clock.millis());
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.certain()).isFalse();
            assertThat(finding.message()).contains("2023-11-17 09:00 UTC", "24 h");
        });
    }

    @Test
    void whereAllApproversAreBarredTheRequestIsRejectedAtOnce() {
        policy(base().withApprovals("user:ann or user:requester"));
        Promotion hopeless = promote("p", first);
        assertThat(hopeless.state()).isEqualTo(PromotionState.REJECTED);
        assertThat(hopeless.reason()).contains("Not enough people may approve it", "ann", "requester");
        policy(base().withApprovals("user:ann or user:requester").withSeparationOfDuties(false));
        assertThat(promote("q", first).state()).isEqualTo(PromotionState.AWAITING_APPROVAL);
    }

    @Test
    void aRequestThatComparedWithAnotherHolderIsAConflict() {
        PromotionRequest seen = Samples.request(registry, "late", second, CHAMPION, Verdict.PASS);
        PromotionRequest bound = new PromotionRequest(
                seen.operationKey(),
                seen.model(),
                seen.version(),
                seen.alias(),
                seen.requestedBy(),
                seen.versionDigest(),
                seen.policyRevision(),
                seen.verdict(),
                seen.evidenceHash(),
                seen.gateReportJson(),
                seen.build(),
                seen.reason(),
                List.of(),
                0);
        promote("p", first);
        assertThatThrownBy(() -> registry.requestPromotion(bound))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("nobody held the alias 'champion'")
                .hasMessageContaining("version 1 does");
    }

    @Test
    void aClockThatJumpsBackChangesNoOutcome() {
        policy(base().withApprovals("2 of anyone").withExpiryMillis(10_000));
        Promotion asked = promote("p", first);
        clock.advance(-1_000_000);
        assertThat(registry.expire(clock.millis())).isEmpty();
        Promotion once = registry.decide(Samples.decision(asked, true, "bob"));
        assertThat(once.revision()).isGreaterThan(asked.revision());
        Promotion applied = registry.decide(Samples.decision(once, true, "cat"));
        assertThat(applied.state()).isEqualTo(PromotionState.APPLIED);
        assertThat(applied.revision()).isGreaterThan(once.revision());
        clock.advance(2_000_000);
        assertThat(registry.expire(clock.millis())).isEmpty();
        assertThat(registry.byAlias("m", CHAMPION)).contains(first);
    }

    @Test
    void theLongestCommentAndTheMostApproversAreKept() {
        policy(base().withApprovals("20 of anyone"));
        Promotion promotion = promote("p", first);
        for (int i = 0; i < 20; i++) {
            promotion = registry.decide(Samples.decision(promotion, true, "u".repeat(1_900) + i));
        }
        assertThat(promotion.state()).isEqualTo(PromotionState.APPLIED);
        assertThat(promotion.reason()).hasSize(Limits.TEXT);
        Promotion other = promote("q", second);
        Promotion rejected = registry.decide(new Decision(
                other.id(),
                false,
                "bob",
                Set.of(),
                "x".repeat(Limits.TEXT),
                0,
                other.versionDigest(),
                other.evidenceHash()));
        assertThat(registry.promotion(rejected.id()).reason()).startsWith("Rejected by bob: xxx");
    }
}
