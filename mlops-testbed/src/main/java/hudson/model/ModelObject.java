package hudson.model;

/** A thing with a name for people. */
public interface ModelObject {
    String getDisplayName();
}
