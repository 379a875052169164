package io.jenkins.plugins.mlops.registry.reproduction;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.Descriptor;
import io.jenkins.mlops.registry.CodeRef;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Tells the Git plugin, where it is installed, which commit to check out of one repository.
 *
 * <p>The plugin is looked up by name, so that this one needs neither it nor its libraries: its action {@code
 * RevisionParameterAction(String commit, URIish repository)}, public since its version 3.8.
 */
final class GitCommit {
    private static final Logger LOGGER = Logger.getLogger(GitCommit.class.getName());

    private GitCommit() {}

    /** Whether the Git plugin is there. */
    static boolean isKnown() {
        return descriptor() != null;
    }

    @CheckForNull
    private static Descriptor<?> descriptor() {
        return Jenkins.get().getDescriptor("hudson.plugins.git.GitSCM");
    }

    /** Makes a build check the commit out; empty without the Git plugin, or where the repository isn't known. */
    static Optional<Action> action(CodeRef code) {
        Descriptor<?> git = descriptor();
        String repository = code.repository();
        if (git == null || repository == null) {
            return Optional.empty();
        }
        try {
            ClassLoader classes = git.getClass().getClassLoader();
            Class<?> address = classes.loadClass("org.eclipse.jgit.transport.URIish");
            return Optional.of((Action) classes.loadClass("hudson.plugins.git.RevisionParameterAction")
                    .getConstructor(String.class, address)
                    .newInstance(
                            code.commit(), address.getConstructor(String.class).newInstance(repository)));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            LOGGER.log(Level.WARNING, e, () -> "The Git plugin can't be told to check out " + code.commit());
            return Optional.empty();
        }
    }
}
