package io.jenkins.plugins.mlops.registry.notice;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.User;
import hudson.tasks.MailAddressResolver;
import hudson.tasks.Mailer;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.plugins.mailer.tasks.MimeMessageBuilder;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Mails those who can decide that they are asked, and who asked what came of it, by the server of the Mailer plugin.
 *
 * <p>Addresses are those that the Mailer plugin finds for people. Without that plugin nothing is offered or sent.
 */
public final class MailNotifier extends PromotionNotifier {
    private static final Logger LOGGER = Logger.getLogger(MailNotifier.class.getName());

    private String recipients = "";

    @DataBoundConstructor
    public MailNotifier() {
        // everything has a default
    }

    public String getRecipients() {
        return recipients;
    }

    /** Addresses that get every mail beside the people whom it concerns, between commas or white space. */
    @DataBoundSetter
    public void setRecipients(@CheckForNull String recipients) {
        String given = Util.fixNull(recipients).trim();
        for (String address : addresses(given)) {
            if (!address.matches("[^\\s,@<>]+@[^\\s,@<>]+")) {
                throw new IllegalArgumentException(
                        "recipients: expected addresses like ann@example.com, found '" + address + "'");
            }
        }
        this.recipients = given;
    }

    private static Set<String> addresses(String text) {
        Set<String> addresses = new TreeSet<>();
        for (String address : text.split("[\\s,]+")) {
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    @Override
    public boolean wants(PromotionNotice notice) {
        return Audience.concerns(notice);
    }

    @Override
    public String destination() {
        return "mail";
    }

    @Override
    public void deliver(PromotionNotice notice, String deliveryId) throws IOException {
        Set<String> to = addresses(recipients);
        for (User user : Audience.of(notice)) {
            String address = MailAddressResolver.resolve(user);
            if (address == null || address.isBlank()) {
                LOGGER.log(Level.FINE, "{0} has no mail address", user.getId());
            } else {
                to.add(address.trim());
            }
        }
        if (to.isEmpty()) {
            LOGGER.log(Level.FINE, "Nobody to be mailed: {0}", notice.title());
            return;
        }
        try {
            MimeMessageBuilder mail = new MimeMessageBuilder()
                    .setSubject("[Jenkins] " + notice.title())
                    .setBody(notice.text() + "\n");
            for (String address : to) {
                mail.addRecipients(address);
            }
            MimeMessage message = mail.buildMimeMessage();
            // Mail programs tell a second attempt at the same mail by it.
            message.setHeader("X-MLOps-Delivery", deliveryId);
            Transport.send(message);
        } catch (SendFailedException x) {
            boolean wrong = x.getInvalidAddresses() != null && x.getInvalidAddresses().length > 0;
            throw wrong ? new Refused("The mail server refused an address: " + x.getMessage(), x) : failed(x);
        } catch (MessagingException x) {
            throw failed(x);
        }
    }

    private static IOException failed(MessagingException x) {
        return new IOException("The mail could not be sent: " + x.getMessage(), x);
    }

    /** Describes the mails. */
    @Extension(optional = true)
    @Symbol("mail")
    public static final class DescriptorImpl extends Descriptor<PromotionNotifier> {
        /** Ends in an error where there is no Mailer plugin, and mails are not offered. */
        public DescriptorImpl() {
            LOGGER.log(Level.FINE, "Mails are sent by {0}", Mailer.class.getName());
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MailNotifier_displayName();
        }
    }
}
