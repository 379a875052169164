package io.jenkins.plugins.mlops.registry.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ClockWatch;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.rest.RegistryFixture;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

@WithJenkins
class PromotionDeskTest {
    private Path archived;

    /** A version whose only file is among the artifacts of a real build. */
    private ModelVersion archivedVersion(JenkinsRule j, String name) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("echo 'trained'", true));
        WorkflowRun build = j.buildAndAssertSuccess(job);
        Registration registration = Registration.of(
                        name, "m", List.of(new VersionFile("model.bin", 4, Ledger.sha256("good"))), "builder")
                .withBuild(new BuildRef(name, build.getNumber(), null, null), null);
        ModelVersion version = RegistryFixture.registry().register(registration);
        File folder = new File(build.getRootDir(), "archive/" + ArchivedModel.folder("m", version.digest()));
        archived = folder.toPath().resolve("model.bin");
        Files.createDirectories(archived.getParent());
        Files.writeString(archived, "good");
        return version;
    }

    private static Promotion ask(ModelVersion version) throws Exception {
        try (ACLContext ignored = ACL.as2(User.getById("ann", true).impersonate2())) {
            return PromotionDesk.request("m", version.number(), "champion", "please");
        }
    }

    private static Promotion approve(Promotion promotion, String who) throws Exception {
        try (ACLContext ignored = ACL.as2(User.getById(who, true).impersonate2())) {
            return PromotionDesk.decide(promotion, true, "");
        }
    }

    @Test
    void aFileThatChangedVoidsThePromotion(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("2 of anyone"), "admin");
        ModelVersion version = archivedVersion(j, "job");
        Promotion waiting = approve(ask(version), "bob");
        assertThat(waiting.state()).isEqualTo(PromotionState.AWAITING_APPROVAL);
        Files.writeString(archived, "evil");
        assertThatThrownBy(() -> approve(waiting, "cat"))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("model.bin")
                .hasMessageContaining("void");
        Promotion voided = RegistryFixture.registry().promotion(waiting.id());
        assertThat(voided.state()).isEqualTo(PromotionState.REJECTED);
        assertThat(voided.decisions()).hasSize(1);
        assertThatThrownBy(() -> ask(version)).hasMessageContaining("SHA-256");
        assertThat(RegistryFixture.registry().byAlias("m", "champion")).isEmpty();
        Files.writeString(archived, "good");
        assertThat(approve(approve(ask(version), "bob"), "cat").state()).isEqualTo(PromotionState.APPLIED);
    }

    @Test
    void timeAppliesConfirmsAndEnds(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        // Never open on this day, so that a promotion without approvers is scheduled.
        String tomorrow =
                java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(1).toString();
        String today = java.time.LocalDate.now(java.time.ZoneOffset.UTC).toString();
        RegistryFixture.registry()
                .setPolicy(PromotionPolicy.byDefault().withChangeWindows("freeze " + today + ".." + tomorrow), "admin");
        ModelVersion version = archivedVersion(j, "job");
        Promotion scheduled = ask(version);
        assertThat(scheduled.state()).isEqualTo(PromotionState.APPROVED);
        assertThat(PromotionDesk.carryOn(System.currentTimeMillis())).isEmpty();
        // A file that changes while it waits voids it when the window opens.
        Files.writeString(archived, "evil");
        List<Promotion> changed = PromotionDesk.carryOn(scheduled.applyMillis());
        assertThat(changed).extracting(Promotion::state).containsExactly(PromotionState.REJECTED);
        Files.writeString(archived, "good");
        Promotion again = ask(version);
        List<Promotion> late = PromotionDesk.carryOn(again.expiresMillis());
        assertThat(late).extracting(Promotion::state).containsExactly(PromotionState.EXPIRED);

        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault(), "admin");
        Promotion applied = ask(version);
        assertThat(applied.state()).isEqualTo(PromotionState.APPLIED);
        assertThat(PromotionDesk.carryOn(System.currentTimeMillis()))
                .extracting(Promotion::state)
                .containsExactly(PromotionState.VERIFIED);
    }

    /** Hears what becomes of promotions. */
    @TestExtension
    public static final class Told implements PromotionListener {
        private final BlockingQueue<Promotion> changes = new LinkedBlockingQueue<>();

        @Override
        public void onChanged(Promotion promotion) {
            changes.add(promotion);
        }

        static PromotionState next() throws InterruptedException {
            Promotion change = ExtensionList.lookupSingleton(Told.class).changes.poll(30, TimeUnit.SECONDS);
            assertThat(change).isNotNull();
            return change.state();
        }
    }

    @Test
    void largeFilesAreReadInTheBackground(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        System.setProperty(FileChecks.AT_ONCE_BYTES, "3");
        try {
            RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("1 of anyone"), "admin");
            ModelVersion version = archivedVersion(j, "job");
            Promotion waiting = ask(version);
            assertThat(Told.next()).isEqualTo(PromotionState.AWAITING_APPROVAL);
            Promotion approved = approve(waiting, "bob");
            assertThat(approved.state()).isEqualTo(PromotionState.APPROVED);
            assertThat(approved.reason()).isEqualTo("Approved by bob; its files are being checked");
            assertThat(Told.next()).isEqualTo(PromotionState.APPROVED);
            assertThat(Told.next()).isEqualTo(PromotionState.APPLIED);
            assertThat(RegistryFixture.registry().promotion(waiting.id()).reason())
                    .isEqualTo("Approved by bob");

            Promotion second = ask(archivedVersion(j, "other"));
            // The file is read when it is asked for, too; here it changes after that.
            FileChecks.get().thread.submit(() -> {}).get(30, TimeUnit.SECONDS);
            Files.writeString(archived, "evil");
            assertThat(approve(second, "bob").state()).isEqualTo(PromotionState.APPROVED);
            assertThat(Told.next()).isEqualTo(PromotionState.AWAITING_APPROVAL);
            assertThat(Told.next()).isEqualTo(PromotionState.APPROVED);
            assertThat(Told.next()).isEqualTo(PromotionState.REJECTED);
            assertThat(RegistryFixture.registry().byAlias("m", "champion").orElseThrow())
                    .isEqualTo(version);

            // A controller that ends before the file was read: the clock of the next one goes on.
            FileChecks.get().stop();
            ModelVersion third = archivedVersion(j, "third");
            assertThat(approve(ask(third), "bob").state()).isEqualTo(PromotionState.APPROVED);
            assertThat(PromotionDesk.carryOn(System.currentTimeMillis()))
                    .extracting(Promotion::state)
                    .contains(PromotionState.APPLIED);
            assertThat(RegistryFixture.registry().byAlias("m", "champion").orElseThrow())
                    .isEqualTo(third);
        } finally {
            System.clearProperty(FileChecks.AT_ONCE_BYTES);
        }
    }

    @Test
    void aRollbackReadsTheFilesOfTheVersionThatItFinds(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        ModelVersion good = archivedVersion(j, "job");
        ask(good);
        Files.writeString(archived, "evil");
        ModelVersion newer = RegistryFixture.version("m", null);
        ask(newer);
        try (ACLContext ignored = ACL.as2(User.getById("bob", true).impersonate2())) {
            assertThatThrownBy(() -> PromotionDesk.rollback("m", "champion", 0, "slow"))
                    .isInstanceOf(RegistryException.Conflict.class)
                    .hasMessageContaining("model.bin")
                    .hasMessageContaining("the alias stays where it is");
            assertThat(RegistryFixture.registry().byAlias("m", "champion").orElseThrow())
                    .isEqualTo(newer);
            Files.writeString(archived, "good");
            assertThat(PromotionDesk.rollback("m", "champion", 0, "slow").state())
                    .isEqualTo(PromotionState.APPLIED);
        }
        assertThat(RegistryFixture.registry().byAlias("m", "champion").orElseThrow())
                .isEqualTo(good);
    }

    /** A realm whose users can be deleted. */
    private static final class Realm extends AbstractPasswordBasedSecurityRealm {
        private final Set<String> users = new HashSet<>(Set.of("ann", "bob", "cat"));

        @Override
        protected UserDetails authenticate2(String username, String password) throws AuthenticationException {
            return loadUserByUsername2(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
            if (!users.contains(username)) {
                throw new UsernameNotFoundException(username);
            }
            return new org.springframework.security.core.userdetails.User(username, "", List.of());
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String groupname, boolean fetchMembers)
                throws UsernameNotFoundException {
            throw new UsernameNotFoundException(groupname);
        }
    }

    @Test
    void whoWasDeletedMeanwhileDecidesNothingMore(JenkinsRule j) throws Exception {
        Realm realm = new Realm();
        j.jenkins.setSecurityRealm(realm);
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("2 of anyone"), "admin");
        Promotion waiting = approve(ask(RegistryFixture.version("m", null)), "bob");
        Authentication cat = User.getById("cat", true).impersonate2(); // a session from before
        realm.users.removeAll(Set.of("ann", "cat"));
        try (ACLContext ignored = ACL.as2(cat)) {
            assertThatThrownBy(() -> PromotionDesk.decide(waiting, true, ""))
                    .isInstanceOf(RegistryException.Forbidden.class)
                    .hasMessageContaining("no user 'cat' any more");
            assertThatThrownBy(() -> PromotionDesk.request("m", 1, "champion", ""))
                    .isInstanceOf(RegistryException.Forbidden.class);
            assertThatThrownBy(() -> PromotionDesk.withdraw(waiting.id(), ""))
                    .isInstanceOf(RegistryException.Forbidden.class);
        }
        // What ann asked for and bob said stays; another goes on.
        assertThat(RegistryFixture.registry().promotion(waiting.id())).isEqualTo(waiting);
        realm.users.add("dan");
        assertThat(approve(waiting, "dan").state()).isEqualTo(PromotionState.APPLIED);
    }

    @Test
    void anApprovalOfAUserWhoWasDeletedMovesNothing(JenkinsRule j) throws Exception {
        Realm realm = new Realm();
        j.jenkins.setSecurityRealm(realm);
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("2 of anyone"), "admin");
        Promotion waiting = approve(ask(RegistryFixture.version("m", null)), "bob");
        realm.users.remove("bob");
        assertThatThrownBy(() -> approve(waiting, "cat"))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("the approval of 'bob' doesn't count");
        Promotion voided = RegistryFixture.registry().promotion(waiting.id());
        assertThat(voided.state()).isEqualTo(PromotionState.REJECTED);
        assertThat(voided.decisions()).hasSize(1);
        // The same, where the approvals were complete and the alias had yet to move.
        realm.users.add("bob");
        Promotion second = ask(RegistryFixture.version("m", null));
        for (String who : List.of("bob", "cat")) {
            RegistryFixture.registry()
                    .applyingLater()
                    .decide(new Decision(
                            second.id(), true, who, Set.of(), "", 0, second.versionDigest(), second.evidenceHash()));
        }
        realm.users.remove("bob");
        assertThat(PromotionDesk.carryOn(System.currentTimeMillis()))
                .extracting(Promotion::state)
                .containsExactly(PromotionState.REJECTED);
        assertThat(RegistryFixture.registry().byAlias("m", "champion")).isEmpty();
    }

    @Test
    void whatNobodyCanApproveAnyMoreIsSaidAndStaysOpen(JenkinsRule j) throws Exception {
        Realm realm = new Realm();
        j.jenkins.setSecurityRealm(realm);
        RegistryFixture.registry()
                .setPolicy(PromotionPolicy.byDefault().withApprovals("1 of bob or 1 of cat"), "admin");
        Promotion waiting = ask(RegistryFixture.version("m", null));
        realm.users.remove("bob");
        assertThat(told(j, "mlops/promotions/" + waiting.id() + "/"))
                .as("cat can")
                .contains(waiting.id())
                .doesNotContain("unmeetable");
        assertThat(shown(j)).doesNotContain("can no longer be met");

        realm.users.remove("cat");
        for (String path :
                List.of("mlops/promotions/" + waiting.id() + "/", "mlops/promotions/", "mlops/models/m/promotions")) {
            assertThat(told(j, path)).as(path).contains("\"unmeetable\":\"Its approvals can no longer be met");
        }
        assertThat(shown(j)).contains("can no longer be met, because of users who are not there any more", "bob, cat");
        assertThat(RegistryFixture.registry().promotion(waiting.id())).isEqualTo(waiting);

        realm.users.add("cat");
        assertThat(shown(j)).doesNotContain("can no longer be met");
        assertThat(approve(waiting, "cat").state()).isEqualTo(PromotionState.APPLIED);
    }

    @Test
    void anApprovalThatNoLongerCountsIsSaidBeforeItVoids(JenkinsRule j) throws Exception {
        Realm realm = new Realm();
        j.jenkins.setSecurityRealm(realm);
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("2 of anyone"), "admin");
        approve(ask(RegistryFixture.version("m", null)), "bob");
        assertThat(shown(j)).doesNotContain("no longer");
        realm.users.remove("bob");
        assertThat(shown(j)).contains("knows no user 'bob' any more, who approved it");
    }

    private static String told(JenkinsRule j, String path) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        return client.login("ann", "")
                .goTo(path, "application/json")
                .getWebResponse()
                .getContentAsString();
    }

    private static String shown(JenkinsRule j) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient().withJavaScriptEnabled(false);
        return client.login("ann", "").goTo("mlops/inbox/").asNormalizedText();
    }

    @Test
    void onlyWhoAskedOrMayDecideOrAdministersTakesARequestBack(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, MlopsPermissions.VIEW, MlopsPermissions.REQUEST_PROMOTION)
                .everywhere()
                .toEveryone()
                .grant(MlopsPermissions.APPROVE)
                .everywhere()
                .to("bob", "cat")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root"));
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("1 of bob"), "admin");
        ModelVersion version = RegistryFixture.version("m", null);
        for (String stranger : List.of("dan", "cat")) { // cat may approve, but not this one
            Promotion waiting = ask(version);
            try (ACLContext ignored = ACL.as2(User.getById(stranger, true).impersonate2())) {
                assertThatThrownBy(() -> PromotionDesk.withdraw(waiting.id(), ""))
                        .isInstanceOf(RegistryException.Forbidden.class)
                        .hasMessageContaining("only ann");
            }
            assertThat(RegistryFixture.registry().promotion(waiting.id())).isEqualTo(waiting);
            withdraw(waiting, "ann");
        }
        for (String allowed : List.of("ann", "bob", "root")) {
            assertThat(withdraw(ask(version), allowed).state()).isEqualTo(PromotionState.WITHDRAWN);
        }
    }

    private static Promotion withdraw(Promotion promotion, String who) {
        try (ACLContext ignored = ACL.as2(User.getById(who, true).impersonate2())) {
            return PromotionDesk.withdraw(promotion.id(), "");
        }
    }

    @Test
    void aClockThatJumpsAYearAndBackEndsNothing(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("1 of anyone"), "admin");
        Promotion waiting = ask(RegistryFixture.version("m", null));
        long minute = TimeUnit.MINUTES.toMillis(1);
        AtomicLong wall = new AtomicLong(System.currentTimeMillis());
        AtomicLong steady = new AtomicLong();
        PromotionClock clock =
                new PromotionClock(new ClockWatch(wall::get, () -> TimeUnit.MILLISECONDS.toNanos(steady.get())));
        Runnable tick = () -> {
            wall.addAndGet(minute);
            steady.addAndGet(minute);
            clock.execute(TaskListener.NULL);
        };
        tick.run();
        wall.addAndGet(TimeUnit.DAYS.toMillis(365));
        for (int i = 0; i < 9; i++) {
            tick.run();
        }
        wall.addAndGet(-TimeUnit.DAYS.toMillis(365));
        for (int i = 0; i < 20; i++) {
            tick.run();
        }
        assertThat(RegistryFixture.registry().promotion(waiting.id())).isEqualTo(waiting);
        assertThat(PromotionsExpiringMonitor.get().isActivated()).isFalse();
        // A year that has really passed ends it.
        wall.addAndGet(TimeUnit.DAYS.toMillis(365));
        for (int i = 0; i < 12; i++) {
            tick.run();
        }
        assertThat(RegistryFixture.registry().promotion(waiting.id()).state()).isEqualTo(PromotionState.EXPIRED);
    }

    @Test
    void whatSoonEndsUndecidedIsShownToAdministrators(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("1 of anyone"), "admin");
        Promotion waiting = ask(archivedVersion(j, "job"));
        PromotionsExpiringMonitor monitor = PromotionsExpiringMonitor.get();
        assertThat(monitor.look(System.currentTimeMillis())).isEmpty();
        assertThat(monitor.isActivated()).isFalse();
        long hour = TimeUnit.HOURS.toMillis(1);
        assertThat(monitor.look(waiting.expiresMillis() - hour)).containsExactly(waiting);
        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.look(waiting.expiresMillis() + hour)).isEmpty();
    }
}
