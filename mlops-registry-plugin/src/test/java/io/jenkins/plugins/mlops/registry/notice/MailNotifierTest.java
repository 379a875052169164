package io.jenkins.plugins.mlops.registry.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.tasks.Mailer;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import io.jenkins.plugins.mlops.registry.rest.RegistryFixture;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Mails against a real SMTP server on a loopback port. */
@WithJenkins
class MailNotifierTest {
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void serve(JenkinsRule j) {
        JenkinsRule.DummySecurityRealm realm = j.createDummySecurityRealm();
        realm.addGroups("mia", "managers");
        realm.addGroups("max", "managers");
        realm.addGroups("eve", "managers");
        realm.addGroups("rita", "risk");
        j.jenkins.setSecurityRealm(realm);
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, MlopsPermissions.APPROVE)
                .everywhere()
                .to("mia", "max", "rita", "ada"));
        for (String name : List.of("mia", "max", "eve", "rita", "ada")) {
            User.getById(name, true);
        }
        server.start();
        Mailer.descriptor().setSmtpHost("127.0.0.1");
        Mailer.descriptor().setSmtpPort(String.valueOf(server.getSmtp().getPort()));
        Mailer.descriptor().setDefaultSuffix("@example.com");
        JenkinsLocationConfiguration.get().setAdminAddress("jenkins@example.com");
        NoticeConfiguration.get().setNotifiers(List.of(new MailNotifier()));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    /** The mails since the last time, one for each recipient, when so many have come. */
    private List<MimeMessage> next(int count) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (server.getReceivedMessages().length < count && System.nanoTime() < until) {
            server.waitForIncomingEmail(100, count); // counts mails, of which each may have many recipients
        }
        List<MimeMessage> mails = List.of(server.getReceivedMessages());
        assertThat(mails).hasSize(count);
        server.purgeEmailFromAllMailboxes();
        return mails;
    }

    private static List<String> recipients(MimeMessage mail) throws Exception {
        List<String> to = new ArrayList<>();
        for (Object address : mail.getAllRecipients()) {
            to.add(address.toString());
        }
        return to;
    }

    private static Promotion decide(Promotion promotion, boolean approve, String who) throws Exception {
        try (ACLContext ignored = ACL.as2(User.getById(who, true).impersonate2())) {
            return PromotionDesk.decide(promotion, approve, "because");
        }
    }

    @Test
    void whoCanDecideIsAskedAndWhoAskedIsTold(JenkinsRule j) throws Exception {
        RegistryFixture.registry()
                .setPolicy(PromotionPolicy.byDefault().withApprovals("2 of managers and 1 of risk"), "admin");
        Promotion waiting = RegistryFixture.promote(RegistryFixture.version("m\u00fcller", "job"), "champion");

        PromotionListener.fireChanged(waiting);
        MimeMessage asked = next(3).get(0);
        // eve may not approve at all, ada made it
        assertThat(recipients(asked))
                .containsExactlyInAnyOrder("mia@example.com", "max@example.com", "rita@example.com");
        assertThat(asked.getSubject()).isEqualTo("[Jenkins] Waits for approval: m\u00fcller version 1 to 'champion'");
        assertThat(asked.getFrom()[0]).hasToString("jenkins@example.com");
        assertThat(GreenMailUtil.getBody(asked)).contains("Asked for by ada", "Still needed: 2 of managers");

        Promotion once = decide(waiting, true, "mia");
        new MailNotifier().deliver(PromotionNotice.expiring(once), "d");
        MimeMessage reminder = next(2).get(0);
        assertThat(reminder.getSubject()).contains("About to expire");
        assertThat(recipients(reminder)).containsExactlyInAnyOrder("max@example.com", "rita@example.com");

        decide(once, false, "rita");
        MimeMessage told = next(1).get(0);
        assertThat(recipients(told)).containsExactly("ada@example.com");
        assertThat(told.getSubject()).contains("Rejected: m\u00fcller");
        assertThat(GreenMailUtil.getBody(told)).contains("Rejected by rita: because");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void anyoneWhoMayApproveIsAskedAndFurtherRecipientsToo(JenkinsRule j) throws Exception {
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("1 of anyone"), "admin");
        MailNotifier mail = new MailNotifier();
        mail.setRecipients("team@example.org, lead@example.org");
        Promotion waiting = RegistryFixture.promote(RegistryFixture.version("m", "job"), "champion");
        mail.deliver(PromotionNotice.changed(waiting), "d");
        assertThat(recipients(next(5).get(0)))
                .containsExactlyInAnyOrder(
                        "team@example.org",
                        "lead@example.org",
                        "mia@example.com",
                        "max@example.com",
                        "rita@example.com");
        assertThatThrownBy(() -> mail.setRecipients("ann@example.com nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 'nobody'");
        assertThat(mail.getRecipients()).isEqualTo("team@example.org, lead@example.org");
    }

    @Test
    void aServerThatIsAwayIsTriedAgain(JenkinsRule j) {
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("1 of anyone"), "admin");
        Promotion waiting = RegistryFixture.promote(RegistryFixture.version("m", "job"), "champion");
        server.stop();
        assertThatThrownBy(() -> new MailNotifier().deliver(PromotionNotice.changed(waiting), "d"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(PromotionNotifier.Refused.class)
                .hasMessageContaining("could not be sent");
    }

    /** Loads the notifier anew, and none of what the Mailer plugin brings. */
    private static final class WithoutMailer extends ClassLoader {
        WithoutMailer() {
            super(MailNotifier.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("hudson.tasks.Mail")
                    || name.startsWith("jakarta.mail.")
                    || name.startsWith("jenkins.plugins.mailer.")) {
                throw new ClassNotFoundException(name);
            }
            if (List.of(MailNotifier.class, PlainMail.class, Audience.class).stream()
                    .noneMatch(own -> name.startsWith(own.getName()))) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException x) {
                throw new ClassNotFoundException(name, x);
            }
        }
    }

    @Test
    void withoutTheMailerPluginItIsNotOfferedAndHarmsNothing(JenkinsRule j) throws Exception {
        ClassLoader loader = new WithoutMailer();
        Class<?> descriptor = loader.loadClass(MailNotifier.DescriptorImpl.class.getName());
        assertThatThrownBy(() -> descriptor.getConstructor().newInstance())
                .hasCauseInstanceOf(NoClassDefFoundError.class);
        // One that was configured before the Mailer plugin was removed.
        PromotionNotifier left = (PromotionNotifier)
                loader.loadClass(MailNotifier.class.getName()).getConstructor().newInstance();
        NoticeConfiguration.get().setNotifiers(List.of(left, new MailNotifier()));
        assertThat(NoticeConfiguration.get().getNotifiers()).hasSize(1).doesNotContain(left);
        CountDownLatch tried = new CountDownLatch(1);
        NoticeDelivery delivery = new NoticeDelivery();
        try {
            Promotion promotion = RegistryFixture.promote(RegistryFixture.version("m", "job"), "champion");
            delivery.send(left, PromotionNotice.changed(promotion));
            delivery.send(
                    new PromotionNotifier() {
                        @Override
                        public void deliver(PromotionNotice notice, String deliveryId) {
                            tried.countDown();
                        }

                        @Override
                        public String destination() {
                            return "a test";
                        }
                    },
                    PromotionNotice.changed(promotion));
            assertThat(tried.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            delivery.stop();
        }
    }
}
