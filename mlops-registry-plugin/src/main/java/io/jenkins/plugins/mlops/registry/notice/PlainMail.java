package io.jenkins.plugins.mlops.registry.notice;

import hudson.model.User;
import hudson.tasks.MailAddressResolver;
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

/** A mail of plain text by the Mailer plugin: the only class that names what that plugin brings. */
final class PlainMail {
    private static final Logger LOGGER = Logger.getLogger(PlainMail.class.getName());

    private PlainMail() {}

    /**
     * Sends a mail, to nobody where nobody has an address.
     *
     * @param addresses addresses that it goes to in any case
     * @param people those who get it, too, if they have addresses
     * @param id tells mails apart; the same for each attempt at this one
     */
    static void send(Set<String> addresses, Set<User> people, String subject, String text, String id)
            throws IOException {
        Set<String> to = new TreeSet<>(addresses);
        for (User person : people) {
            String address = MailAddressResolver.resolve(person);
            if (address == null || address.isBlank()) {
                LOGGER.log(Level.FINE, "{0} has no mail address", person.getId());
            } else {
                to.add(address.trim());
            }
        }
        if (to.isEmpty()) {
            LOGGER.log(Level.FINE, "Nobody to be mailed: {0}", subject);
            return;
        }
        // The mail library looks its parts up by the thread's class loader.
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(MimeMessage.class.getClassLoader());
        try {
            Transport.send(message(to, subject, text, id));
        } catch (SendFailedException x) {
            boolean wrong = x.getInvalidAddresses() != null && x.getInvalidAddresses().length > 0;
            throw wrong
                    ? new PromotionNotifier.Refused("The mail server refused an address: " + x.getMessage(), x)
                    : failed(x);
        } catch (MessagingException x) {
            throw failed(x);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static MimeMessage message(Set<String> to, String subject, String text, String id)
            throws MessagingException, IOException {
        MimeMessageBuilder mail = new MimeMessageBuilder().setSubject(subject).setBody(text);
        for (String address : to) {
            mail.addRecipients(address);
        }
        MimeMessage message = mail.buildMimeMessage();
        message.setSubject(subject, "UTF-8"); // the builder takes the machine's encoding
        message.setHeader("X-MLOps-Delivery", id);
        return message;
    }

    private static IOException failed(MessagingException x) {
        return new IOException("The mail could not be sent: " + x.getMessage(), x);
    }
}
