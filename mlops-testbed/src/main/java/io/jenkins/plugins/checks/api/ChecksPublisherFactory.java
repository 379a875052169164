package io.jenkins.plugins.checks.api;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Optional;

/** Finds who publishes the checks of a build. */
public abstract class ChecksPublisherFactory implements ExtensionPoint {
    protected Optional<ChecksPublisher> createPublisher(final Run<?, ?> run, final TaskListener listener) {
        return Optional.empty();
    }

    /** The first publisher that a factory has for the build; else one that says in the console that there is none. */
    public static ChecksPublisher fromRun(final Run<?, ?> run, final TaskListener listener) {
        return ExtensionList.lookup(ChecksPublisherFactory.class).stream()
                .map(factory -> factory.createPublisher(run, listener))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(new ChecksPublisher() {
                    @Override
                    public void publish(ChecksDetails details) {
                        listener.getLogger().println("[Checks API] No suitable checks publisher found.");
                    }
                });
    }
}
