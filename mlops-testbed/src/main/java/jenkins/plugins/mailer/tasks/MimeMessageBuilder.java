package jenkins.plugins.mailer.tasks;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.tasks.Mailer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import jenkins.model.JenkinsLocationConfiguration;

/** Puts a mail together, from the administrator's address. */
public class MimeMessageBuilder {
    private final List<String> to = new ArrayList<>();
    private String subject;
    private String body;

    public MimeMessageBuilder() {}

    public MimeMessageBuilder setSubject(@NonNull String subject) {
        this.subject = subject;
        return this;
    }

    public MimeMessageBuilder setBody(@NonNull String body) {
        this.body = body;
        return this;
    }

    public MimeMessageBuilder addRecipients(@NonNull String recipients) throws UnsupportedEncodingException {
        to.addAll(List.of(recipients.trim().split("[\\s,]+")));
        return this;
    }

    public MimeMessage buildMimeMessage() throws MessagingException, UnsupportedEncodingException {
        MimeMessage message = new MimeMessage(Mailer.descriptor().createSession());
        message.setFrom(new InternetAddress(JenkinsLocationConfiguration.get().getAdminAddress()));
        message.setSentDate(new Date());
        message.setSubject(subject);
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(body, "text/plain; charset=UTF-8");
        message.setContent(new MimeMultipart(part));
        for (String address : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(address));
        }
        return message;
    }
}
