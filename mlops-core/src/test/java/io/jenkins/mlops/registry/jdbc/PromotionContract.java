package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionKind;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for promotions, aliases and deployments on every database. */
abstract class PromotionContract {
    private static final String CHAMPION = "champion";

    private final TestClock clock = new TestClock();
    private JdbcModelRegistry registry;
    private ModelVersion first;
    private ModelVersion second;

    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        registry = new JdbcModelRegistry(openEmpty(), clock);
        first = registry.register(Samples.registration("v1", "m"));
        second = registry.register(Samples.registration("v2", "m"));
    }

    @AfterEach
    void closeRegistry() {
        assertThat(registry.verifyLedger().explanation()).endsWith("fit together");
        registry.close();
    }

    private Promotion promote(String key, ModelVersion version, Verdict verdict) {
        return registry.requestPromotion(Samples.request(registry, key, version, CHAMPION, verdict));
    }

    private void requireApprovals(ApprovalRule... rules) {
        registry.setPolicy(PromotionPolicy.byDefault().withApprovals(List.of(rules)), "admin");
    }

    @Test
    void withoutApproversTheGatesDecideAlone() {
        Promotion applied = promote("p1", first, Verdict.PASS);
        assertThat(applied.state()).isEqualTo(PromotionState.APPLIED);
        assertThat(applied.appliedMillis()).isEqualTo(clock.millis());
        assertThat(registry.byAlias("m", CHAMPION)).contains(first);
        assertThat(registry.model("m").aliases()).containsEntry(CHAMPION, 1);
        assertThat(registry.hasValidPromotion("m", 1, first.digest(), CHAMPION)).isTrue();
        assertThat(registry.hasValidPromotion("m", 1, second.digest(), CHAMPION))
                .isFalse();
        assertThat(registry.hasValidPromotion("m", 1, first.digest(), "other")).isFalse();
        assertThat(promote("p1", first, Verdict.PASS)).isEqualTo(applied);

        assertThat(promote("p2", second, Verdict.FAIL).state()).isEqualTo(PromotionState.REJECTED);
        assertThat(promote("p3", second, Verdict.INCONCLUSIVE).state()).isEqualTo(PromotionState.REJECTED);
        assertThat(registry.byAlias("m", CHAMPION)).contains(first);
        assertThat(registry.verify(applied.id(), "system", "healthy").state()).isEqualTo(PromotionState.VERIFIED);
        assertThat(registry.promotionsOf("m", Page.Request.first(2)).items())
                .extracting(Promotion::state)
                .containsExactly(PromotionState.REJECTED, PromotionState.REJECTED);
    }

    @Test
    void twoOfOneCircleAndOneOfAnotherTakeThreePeople() {
        requireApprovals(
                new ApprovalRule(2, Set.of("group:managers")), new ApprovalRule(1, Set.of("group:risk", "user:Rita")));
        Promotion promotion = promote("p", first, Verdict.PASS);
        assertThat(promotion.state()).isEqualTo(PromotionState.AWAITING_APPROVAL);
        assertThat(promotion.approvalsMissing()).isEqualTo(3);
        assertThat(registry.pending()).containsExactly(promotion);

        // Mia is in both circles: she is seated where she is needed.
        promotion = registry.decide(Samples.decision(promotion, true, "mia", "managers", "risk", "others"));
        assertThat(promotion.decisions().get(0).groups()).containsExactly("managers", "risk");
        promotion = registry.decide(Samples.decision(promotion, true, "max", "managers"));
        assertThat(promotion.approvalsMissing()).isEqualTo(1);
        Promotion waiting = promotion;
        assertThatThrownBy(() -> registry.decide(Samples.decision(waiting, true, "MAX", "managers")))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> registry.decide(Samples.decision(waiting, true, "eve", "strangers")))
                .isInstanceOf(RegistryException.Forbidden.class)
                .hasMessageContaining("2 of group:managers");
        promotion = registry.decide(Samples.decision(promotion, true, "rita"));
        assertThat(promotion.state()).isEqualTo(PromotionState.APPLIED);
        assertThat(promotion.reason()).isEqualTo("Approved by mia, max, rita");
        assertThat(registry.byAlias("m", CHAMPION)).contains(first);
        assertThat(registry.pending()).isEmpty();
    }

    @Test
    void whoMadeItOrAskedForItCanNotApproveIt() {
        requireApprovals(new ApprovalRule(1, Set.of()));
        Promotion promotion = promote("p", first, Verdict.PASS);
        for (String barred : List.of("ann", "Ann", "builder", "requester")) {
            assertThatThrownBy(() -> registry.decide(Samples.decision(promotion, true, barred)))
                    .isInstanceOf(RegistryException.Forbidden.class)
                    .hasMessageContaining("separates duties");
        }
        assertThat(registry.promotion(promotion.id())).isEqualTo(promotion);
        assertThat(registry.decide(Samples.decision(promotion, false, "ann")).state())
                .isEqualTo(PromotionState.REJECTED);

        registry.setPolicy(registry.policy("m").withModel("m", 0).withSeparationOfDuties(false), "admin");
        Promotion lenient = promote("q", first, Verdict.PASS);
        assertThat(registry.decide(Samples.decision(lenient, true, "ann")).state())
                .isEqualTo(PromotionState.APPLIED);
    }

    @Test
    void aDecisionIsBoundToWhatWasSeen() {
        requireApprovals(new ApprovalRule(2, Set.of()));
        Promotion promotion = promote("p", first, Verdict.PASS);
        Decision seen = Samples.decision(promotion, true, "bob");
        assertThatThrownBy(() -> registry.decide(new Decision(
                        seen.promotionId(), true, "bob", Set.of(), "", 0, second.digest(), seen.evidenceHash())))
                .isInstanceOf(RegistryException.Conflict.class);
        assertThatThrownBy(() -> registry.decide(new Decision(
                        seen.promotionId(), true, "bob", Set.of(), "", 0, seen.boundDigest(), "sha256:other-evidence")))
                .isInstanceOf(RegistryException.Conflict.class);
        registry.decide(seen);
        assertThatThrownBy(() -> registry.decide(Samples.decision(promotion, true, "cat")))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("look at it again");
        assertThat(registry.decide(new Decision(
                                promotion.id(),
                                true,
                                "cat",
                                Set.of(),
                                "",
                                0,
                                promotion.versionDigest(),
                                promotion.evidenceHash()))
                        .state())
                .isEqualTo(PromotionState.APPLIED);
        assertThatThrownBy(() -> registry.decide(Samples.decision(promotion, false, "dan")))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("APPLIED already");
    }

    @Test
    void oneOfManySimultaneousDecisionsCounts() throws Exception {
        requireApprovals(new ApprovalRule(1, Set.of()));
        Promotion promotion = promote("p", first, Verdict.PASS);
        CountDownLatch go = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> won = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> lost = new ConcurrentLinkedQueue<>();
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String user = "user" + i;
            boolean approve = i % 2 == 0;
            people.add(new Thread(() -> {
                try {
                    go.await();
                    registry.decide(Samples.decision(promotion, approve, user));
                    won.add(user);
                } catch (RegistryException.Conflict | InterruptedException e) {
                    lost.add(e);
                }
            }));
        }
        people.forEach(Thread::start);
        go.countDown();
        for (Thread person : people) {
            person.join();
        }
        assertThat(won).hasSize(1);
        assertThat(lost).hasSize(15).allMatch(e -> e instanceof RegistryException.Conflict);
        assertThat(registry.promotion(promotion.id()).decisions()).hasSize(1);
    }

    @Test
    void bothOfTwoSimultaneousApprovalsCountAndTheAliasMovesOnce() throws Exception {
        requireApprovals(new ApprovalRule(2, Set.of()));
        for (int round = 0; round < 5; round++) {
            ModelVersion version = registry.register(Samples.registration("round" + round, "m"));
            Promotion promotion = promote("q" + round, version, Verdict.PASS);
            CountDownLatch go = new CountDownLatch(1);
            ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
            List<Thread> people = new ArrayList<>();
            for (String user : List.of("bob", "cat")) {
                Decision whatever = new Decision(
                        promotion.id(),
                        true,
                        user,
                        Set.of(),
                        "",
                        0,
                        promotion.versionDigest(),
                        promotion.evidenceHash());
                people.add(new Thread(() -> {
                    try {
                        go.await();
                        registry.decide(whatever);
                    } catch (RegistryException | InterruptedException e) {
                        failures.add(e);
                    }
                }));
            }
            people.forEach(Thread::start);
            go.countDown();
            for (Thread person : people) {
                person.join();
            }
            assertThat(failures).isEmpty();
            Promotion applied = registry.promotion(promotion.id());
            assertThat(applied.state()).isEqualTo(PromotionState.APPLIED);
            assertThat(applied.decisions()).hasSize(2);
            assertThat(registry.aliasHistory("m", CHAMPION)).hasSize(round + 1);
        }
    }

    @Test
    void registeringAndPromotingAtOnceLeavesOneHolder() throws Exception {
        int threads = 32;
        int each = 5;
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Promotion> promotions = new ConcurrentLinkedQueue<>();
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            all.add(new Thread(() -> {
                try {
                    for (int i = 0; i < each; i++) {
                        String key = thread + "-" + i;
                        ModelVersion version = registry.register(Samples.registration(key, "m"));
                        promotions.add(promote("p" + key, version, Verdict.PASS));
                    }
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }));
        }
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(registry.model("m").latestVersion()).isEqualTo(2 + threads * each);
        assertThat(promotions)
                .hasSize(threads * each)
                .allMatch(promotion -> promotion.state().isApplied());
        List<AliasChange> moves = registry.aliasHistory("m", CHAMPION);
        assertThat(moves).hasSize(threads * each);
        for (int i = 0; i + 1 < moves.size(); i++) {
            assertThat(moves.get(i).previousVersion())
                    .isEqualTo(moves.get(i + 1).version());
        }
        assertThat(registry.byAlias("m", CHAMPION).orElseThrow().number())
                .isEqualTo(moves.get(0).version());
    }

    @Test
    void whatIsAppliedLaterWaitsForIt() {
        requireApprovals(new ApprovalRule(1, Set.of()));
        Promotion asked = promote("p", first, Verdict.PASS);
        Promotion approved = registry.applyingLater().decide(Samples.decision(asked, true, "bob"));
        assertThat(approved.state()).isEqualTo(PromotionState.APPROVED);
        assertThat(approved.isBeingChecked()).isTrue();
        assertThat(approved.reason()).isEqualTo("Approved by bob; its files are being checked");
        assertThat(registry.byAlias("m", CHAMPION)).isEmpty();
        assertThat(registry.due(clock.millis())).containsExactly(approved);
        Promotion applied = registry.apply(approved.id());
        assertThat(applied.reason()).isEqualTo("Approved by bob");
        assertThat(registry.apply(approved.id())).isEqualTo(applied);
        assertThat(registry.aliasHistory("m", CHAMPION)).hasSize(1);

        Promotion stopped =
                registry.applyingLater().decide(Samples.decision(promote("q", second, Verdict.PASS), true, "bob"));
        assertThat(registry.decide(Samples.decision(stopped, false, "cat")).state())
                .isEqualTo(PromotionState.REJECTED);
        Promotion back = registry.applyingLater().override("o", "m", 2, CHAMPION, "root", "outage");
        assertThat(back.isBeingChecked()).isTrue();
        clock.advance(PromotionPolicy.DEFAULT_EXPIRY_MILLIS);
        assertThat(registry.due(clock.millis())).isEmpty();
        assertThat(registry.expire(clock.millis()))
                .extracting(Promotion::reason)
                .containsExactly("It was approved, but its files were not checked in time");
    }

    @Test
    void whatWaitedIsSupersededWhenAnotherTakesTheAlias() {
        requireApprovals(new ApprovalRule(1, Set.of()));
        Promotion slow = promote("p", first, Verdict.PASS);
        Promotion fast = promote("q", second, Verdict.PASS);
        registry.decide(Samples.decision(fast, true, "bob"));
        assertThat(registry.promotion(slow.id()).state()).isEqualTo(PromotionState.SUPERSEDED);
        assertThatThrownBy(() -> registry.decide(Samples.decision(slow, true, "bob")))
                .isInstanceOf(RegistryException.Conflict.class);
        assertThat(registry.byAlias("m", CHAMPION)).contains(second);
    }

    @Test
    void waitingEndsByTimeOrByTheRequester() {
        requireApprovals(new ApprovalRule(1, Set.of()));
        Promotion late = promote("p", first, Verdict.PASS);
        Promotion withdrawn =
                registry.withdraw(promote("q", second, Verdict.PASS).id(), "requester", "no");
        assertThat(withdrawn.state()).isEqualTo(PromotionState.WITHDRAWN);
        assertThat(registry.withdraw(withdrawn.id(), "requester", "no")).isEqualTo(withdrawn);
        assertThat(registry.expire(late.expiresMillis() - 1)).isEmpty();
        clock.advance(PromotionPolicy.DEFAULT_EXPIRY_MILLIS);
        assertThatThrownBy(() -> registry.decide(Samples.decision(late, true, "bob")))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("ran out of time");
        assertThat(registry.expire(clock.millis()))
                .extracting(Promotion::state)
                .containsExactly(PromotionState.EXPIRED);
        assertThatThrownBy(() -> registry.withdraw(late.id(), "requester", ""))
                .isInstanceOf(RegistryException.Conflict.class);
        assertThat(registry.byAlias("m", CHAMPION)).isEmpty();
    }

    @Test
    void anInconclusiveVerdictNeedsAPersonWhereThePolicyLetsPeople() {
        registry.setPolicy(PromotionPolicy.byDefault().withInconclusiveMayBeApproved(true), "admin");
        Promotion promotion = promote("p", first, Verdict.INCONCLUSIVE);
        assertThat(promotion.state()).isEqualTo(PromotionState.AWAITING_APPROVAL);
        assertThat(promotion.approvalsMissing()).isEqualTo(1);
        assertThat(registry.decide(Samples.decision(promotion, true, "bob")).state())
                .isEqualTo(PromotionState.APPLIED);
    }

    @Test
    void aPolicyThatChangedMeanwhileIsAConflict() {
        var stale = Samples.request(registry, "p", first, CHAMPION, Verdict.PASS);
        PromotionPolicy own = registry.setPolicy(
                PromotionPolicy.byDefault().withModel("m", 0).withGatesJson("[{\"metric\":\"auc\"}]"), "admin");
        assertThat(own.revision()).isEqualTo(1);
        assertThatThrownBy(() -> registry.requestPromotion(stale))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("revision 1");
        assertThat(registry.policy("m")).isEqualTo(own);
        assertThat(registry.policy("another").revision()).isZero();
        assertThat(registry.defaultPolicy()).isEqualTo(PromotionPolicy.byDefault());
        assertThat(promote("p", first, Verdict.PASS).policy()).isEqualTo(own);
    }

    @Test
    void anAliasGoesBackToTheVersionBefore() {
        promote("p", first, Verdict.PASS);
        clock.advance(1_000);
        promote("q", second, Verdict.PASS);
        long between = clock.millis() - 1;
        clock.advance(1_000);
        requireApprovals(new ApprovalRule(1, Set.of()));
        Promotion back = registry.rollback("r", "m", CHAMPION, 0, "bob", "latency");
        assertThat(back.kind()).isEqualTo(PromotionKind.ROLLBACK);
        assertThat(back.state()).isEqualTo(PromotionState.APPLIED);
        assertThat(back.previousVersion()).isEqualTo(2);
        assertThat(registry.rollback("r", "m", CHAMPION, 0, "bob", "latency")).isEqualTo(back);
        assertThat(registry.byAlias("m", CHAMPION)).contains(first);
        assertThat(registry.aliasHistory("m", CHAMPION))
                .extracting(AliasChange::version)
                .containsExactly(1, 2, 1);
        assertThat(registry.servedAt("m", CHAMPION, between)).contains(first);
        assertThat(registry.servedAt("m", CHAMPION, between + 1)).contains(second);
        assertThat(registry.servedAt("m", CHAMPION, 0)).isEmpty();
        assertThatThrownBy(() -> registry.rollback("s", "m", "production", 0, "bob", ""))
                .isInstanceOf(RegistryException.NotFound.class);

        assertThat(registry.deleteAlias("m", CHAMPION, "bob")).isTrue();
        assertThat(registry.deleteAlias("m", CHAMPION, "bob")).isFalse();
        assertThat(registry.servedAt("m", CHAMPION, clock.millis())).isEmpty();
    }

    @Test
    void anOverrideNeedsAReasonAndStandsOut() {
        requireApprovals(new ApprovalRule(1, Set.of()));
        assertThatThrownBy(() -> registry.override("o", "m", 1, CHAMPION, "admin", " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(registry.override("o", "m", 1, CHAMPION, "admin", "outage").state())
                .isEqualTo(PromotionState.APPLIED);
        assertThat(registry.ledger("m", Page.Request.first(50)).items())
                .extracting(LedgerEntry::kind)
                .contains("promotion.override");
        assertThatThrownBy(() -> registry.deleteVersion("m", 1, "admin"))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("champion");
    }

    @Test
    void onlyWhatWasPromotedIsDeployed() {
        assertThatThrownBy(() -> registry.beginDeployment(deployment("d", first, CHAMPION, false)))
                .isInstanceOf(RegistryException.Forbidden.class)
                .hasMessageContaining("allowUnpromoted");
        Promotion promotion = promote("p", first, Verdict.PASS);
        Deployment begun = registry.beginDeployment(deployment("d", first, CHAMPION, false));
        assertThat(begun.state()).isEqualTo(DeploymentState.SWITCHING);
        assertThat(begun.promotionId()).isEqualTo(promotion.id());
        assertThat(registry.beginDeployment(deployment("d", first, CHAMPION, false)))
                .isEqualTo(begun);
        assertThatThrownBy(() -> registry.beginDeployment(deployment("e", first, CHAMPION, false)))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("is being switched");
        registry.noteDeployment("d", "{\"pid\":1}");
        Deployment serving = registry.finishDeployment("d", DeploymentState.SERVING, "http://localhost:1/", "well");
        assertThat(serving.detailJson()).isEqualTo("{\"pid\":1}");
        assertThat(registry.serving("iris")).contains(serving);
        registry.moveDeployment("d", "http://localhost:7/");
        registry.moveDeployment("d", "http://localhost:7/");
        assertThat(registry.serving("iris").orElseThrow().url()).isEqualTo("http://localhost:7/");
        assertThat(registry.ledger("m", Page.Request.first(50)).items())
                .filteredOn(entry -> entry.kind().equals("deployment.moved"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.payload()).contains("localhost:1/", "localhost:7/"));

        registry.beginDeployment(deployment("u", second, null, true));
        registry.finishDeployment("u", DeploymentState.SERVING, "http://localhost:2/", "");
        assertThat(registry.deployment("d").orElseThrow().state()).isEqualTo(DeploymentState.RETIRED);
        assertThat(registry.ledger("m", Page.Request.first(50)).items())
                .anyMatch(entry -> entry.kind().equals("deployment.switching")
                        && entry.payload().contains("\"unpromoted\":true"));
        assertThatThrownBy(() -> registry.deleteVersion("m", 2, "admin"))
                .isInstanceOf(RegistryException.Conflict.class);

        registry.finishDeployment("u", DeploymentState.ROLLED_BACK, null, "error rate");
        assertThat(registry.serving("iris").orElseThrow().version()).isEqualTo(1);
        assertThat(registry.endpoints()).extracting(Deployment::operationKey).containsExactly("d");
        assertThat(registry.endpointsOf("m")).hasSize(1);
        assertThat(registry.deployments("iris", 10))
                .extracting(Deployment::state)
                .containsExactly(DeploymentState.ROLLED_BACK, DeploymentState.SERVING);
        assertThatThrownBy(() -> registry.moveDeployment("u", "http://localhost:9/"))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("ROLLED_BACK");
        assertThatThrownBy(() -> registry.finishDeployment("u", DeploymentState.SERVING, null, ""))
                .isInstanceOf(RegistryException.Conflict.class);
    }

    private static DeploymentRequest deployment(
            String key, ModelVersion version, String alias, boolean allowUnpromoted) {
        return new DeploymentRequest(
                key,
                "iris",
                "process",
                "m",
                version.number(),
                version.digest(),
                alias,
                allowUnpromoted,
                null,
                Samples.build(1),
                "deployer");
    }
}
