package io.jenkins.mlops.testbed.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Run;
import java.io.InputStream;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.steps.MissingContextVariableException;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;

/** Puts one credential into environment variables. */
public abstract class CredentialBinding implements Describable<CredentialBinding> {
    private final String credentialsId;

    CredentialBinding(String credentialsId) {
        this.credentialsId = credentialsId;
    }

    abstract void bind(WithCredentialsStep.Bound bound) throws Exception;

    final <C extends StandardCredentials> C find(Class<C> type, Run<?, ?> run) throws AbortException {
        StandardCredentials any = CredentialsProvider.findCredentialById(credentialsId, StandardCredentials.class, run);
        if (any == null) {
            throw new AbortException("Could not find credentials entry with ID '" + credentialsId + "'");
        }
        if (!type.isInstance(any)) {
            throw new AbortException("Credentials '" + credentialsId + "' is of type '"
                    + Jenkins.get().getDescriptorOrDie(any.getClass()).getDisplayName() + "' where '" + type.getName()
                    + "' was expected");
        }
        return type.cast(any);
    }

    private static void login(
            StandardUsernamePasswordCredentials login, String user, String password, WithCredentialsStep.Bound bound) {
        (login.isUsernameSecret() ? bound.secret : bound.open).put(user, login.getUsername());
        bound.secret.put(password, login.getPassword().getPlainText());
    }

    private static void file(FileCredentials file, String variable, WithCredentialsStep.Bound bound) throws Exception {
        if (bound.workspace == null) {
            throw new MissingContextVariableException(FilePath.class, StepDescriptor.byFunctionName("withCredentials"));
        }
        FilePath secrets =
                bound.workspace.sibling(bound.workspace.getName() + "@tmp").child("secretFiles");
        FilePath folder = secrets.child(UUID.randomUUID().toString());
        folder.mkdirs();
        bound.folders.add(folder);
        secrets.chmod(0700);
        folder.chmod(0700);
        FilePath secret = folder.child(file.getFileName());
        try (InputStream content = file.getContent()) {
            secret.copyFrom(content);
        }
        secret.chmod(0400);
        bound.secret.put(variable, secret.getRemote());
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
        void bind(WithCredentialsStep.Bound bound) throws AbortException {
            bound.secret.put(
                    variable,
                    find(StringCredentials.class, bound.run).getSecret().getPlainText());
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
        void bind(WithCredentialsStep.Bound bound) throws AbortException {
            login(
                    find(StandardUsernamePasswordCredentials.class, bound.run),
                    usernameVariable,
                    passwordVariable,
                    bound);
        }

        /** The kind. */
        @Extension
        @Symbol("usernamePassword")
        public static final class DescriptorImpl extends Descriptor<CredentialBinding> {}
    }

    /** {@code file(credentialsId: 'id', variable: 'V')}: the path of a copy that goes when the block ends. */
    public static final class SecretFile extends CredentialBinding {
        private final String variable;

        @DataBoundConstructor
        public SecretFile(String variable, String credentialsId) {
            super(credentialsId);
            this.variable = variable;
        }

        @Override
        void bind(WithCredentialsStep.Bound bound) throws Exception {
            file(find(FileCredentials.class, bound.run), variable, bound);
        }

        /** The kind. */
        @Extension
        @Symbol("file")
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
        void bind(WithCredentialsStep.Bound bound) throws Exception {
            StandardCredentials any = find(StandardCredentials.class, bound.run);
            if (any instanceof StringCredentials text) {
                bound.secret.put(variable, text.getSecret().getPlainText());
            } else if (any instanceof FileCredentials file) {
                file(file, variable, bound);
            } else {
                StandardUsernamePasswordCredentials login = find(StandardUsernamePasswordCredentials.class, bound.run);
                bound.secret.put(
                        variable,
                        login.getUsername() + ":" + login.getPassword().getPlainText());
                login(login, variable + "_USR", variable + "_PSW", bound);
            }
        }

        /** The kind. */
        @Extension
        @Symbol("environmentCredentials")
        public static final class DescriptorImpl extends Descriptor<CredentialBinding> {}
    }
}
