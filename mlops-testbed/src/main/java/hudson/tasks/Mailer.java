package hudson.tasks;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import jakarta.mail.Session;
import java.util.Properties;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundSetter;

/** The Mailer plugin's settings: which server takes the mails. */
public class Mailer implements Describable<Mailer> {
    private Mailer() {}

    public static DescriptorImpl descriptor() {
        return (DescriptorImpl) Jenkins.get().getDescriptorOrDie(Mailer.class);
    }

    /** Holds the settings. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<Mailer> {
        private String defaultSuffix;
        private String smtpHost;
        private String smtpPort;

        public DescriptorImpl() {
            load();
        }

        public String getDefaultSuffix() {
            return defaultSuffix;
        }

        @DataBoundSetter
        public void setDefaultSuffix(String defaultSuffix) {
            this.defaultSuffix = defaultSuffix;
            save();
        }

        @DataBoundSetter
        public void setSmtpHost(String smtpHost) {
            this.smtpHost = Util.fixEmptyAndTrim(smtpHost);
            save();
        }

        @DataBoundSetter
        public void setSmtpPort(String smtpPort) {
            this.smtpPort = Util.fixEmptyAndTrim(smtpPort);
            save();
        }

        public Session createSession() {
            Properties properties = new Properties(System.getProperties());
            if (smtpHost != null) {
                properties.put("mail.smtp.host", smtpHost);
            }
            if (smtpPort != null) {
                properties.put("mail.smtp.port", smtpPort);
            }
            properties.put("mail.smtp.timeout", "60000");
            properties.put("mail.smtp.connectiontimeout", "60000");
            return Session.getInstance(properties, null);
        }
    }
}
