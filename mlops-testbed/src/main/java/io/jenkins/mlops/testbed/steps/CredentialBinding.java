package io.jenkins.mlops.testbed.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;

/** Puts one credential into environment variables. */
public abstract class CredentialBinding implements Describable<CredentialBinding> {
    private final String credentialsId;

    CredentialBinding(String credentialsId) {
        this.credentialsId = credentialsId;
    }

    /** The variables and their values for a build. */
    abstract Map<String, String> bind(Run<?, ?> run) throws AbortException;

    final <C extends StandardCredentials> C find(Class<C> type, Run<?, ?> run) throws AbortException {
        StandardCredentials any = CredentialsProvider.findCredentialById(credentialsId, StandardCredentials.class, run);
        if (any == null) {
            throw new AbortException("Could not find credentials entry with ID '" + credentialsId + "'");
        }
        if (!type.isInstance(any)) {
            throw new AbortException("Credentials '" + credentialsId + "' is of type '"
                    + any.getClass().getSimpleName() + "' where '" + type.getName() + "' was expected");
        }
        return type.cast(any);
    }

    private static Map<String, String> pair(StandardUsernamePasswordCredentials login, String user, String password) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(user, login.getUsername());
        variables.put(password, login.getPassword().getPlainText());
        return variables;
    }

    /** {@code string(credentialsId: 'id', variable: 'V')}. */
    public static final class Text extends CredentialBinding {
        private final String variable;

        @DataBoundConstructor
        public Text(String variable, String credentialsId) {
            super(credentialsId);
            this.variable = variable;
        }

        @Override
        Map<String, String> bind(Run<?, ?> run) throws AbortException {
            return Map.of(
                    variable, find(StringCredentials.class, run).getSecret().getPlainText());
        }

        /** The kind. */
        @Extension
        @Symbol("string")
        public static final class DescriptorImpl extends Descriptor<CredentialBinding> {}
    }

    /** {@code usernamePassword(credentialsId: 'id', usernameVariable: 'U', passwordVariable: 'P')}. */
    public static final class UsernamePassword extends CredentialBinding {
        private final String usernameVariable;
        private final String passwordVariable;

        @DataBoundConstructor
        public UsernamePassword(String usernameVariable, String passwordVariable, String credentialsId) {
            super(credentialsId);
            this.usernameVariable = usernameVariable;
            this.passwordVariable = passwordVariable;
        }

        @Override
        Map<String, String> bind(Run<?, ?> run) throws AbortException {
            return pair(find(StandardUsernamePasswordCredentials.class, run), usernameVariable, passwordVariable);
        }

        /** The kind. */
        @Extension
        @Symbol("usernamePassword")
        public static final class DescriptorImpl extends Descriptor<CredentialBinding> {}
    }

    /** Declarative's {@code V = credentials('id')}: the secret, or user and password together and apart. */
    public static final class Environment extends CredentialBinding {
        private final String variable;

        @DataBoundConstructor
        public Environment(String variable, String credentialsId) {
            super(credentialsId);
            this.variable = variable;
        }

        @Override
        Map<String, String> bind(Run<?, ?> run) throws AbortException {
            StandardCredentials any = find(StandardCredentials.class, run);
            if (any instanceof StringCredentials text) {
                return Map.of(variable, text.getSecret().getPlainText());
            }
            StandardUsernamePasswordCredentials login = find(StandardUsernamePasswordCredentials.class, run);
            Map<String, String> variables = pair(login, variable + "_USR", variable + "_PSW");
            variables.put(
                    variable, login.getUsername() + ":" + login.getPassword().getPlainText());
            return variables;
        }

        /** The kind. */
        @Extension
        @Symbol("environmentCredentials")
        public static final class DescriptorImpl extends Descriptor<CredentialBinding> {}
    }
}
