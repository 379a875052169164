package io.jenkins.plugins.mlops.registry.notice;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.tasks.Mailer;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
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
        PlainMail.send(
                addresses(recipients),
                Audience.of(notice),
                "[Jenkins] " + notice.title(),
                notice.text() + "\n",
                deliveryId);
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
