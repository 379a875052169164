package io.jenkins.plugins.checks.api;

/** Sends a check to where the code is hosted. */
public abstract class ChecksPublisher {
    public abstract void publish(ChecksDetails details);
}
