package hudson.model;

/** Receives what a build has to say. */
public interface BuildListener extends TaskListener {}
