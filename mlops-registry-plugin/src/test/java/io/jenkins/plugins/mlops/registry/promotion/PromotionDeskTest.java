package io.jenkins.plugins.mlops.registry.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.rest.RegistryFixture;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

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
