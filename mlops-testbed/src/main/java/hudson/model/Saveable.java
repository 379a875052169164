package hudson.model;

import java.io.IOException;

/** A thing that writes itself to disk. */
public interface Saveable {
    /** A saveable that keeps nothing. */
    Saveable NOOP = () -> {};

    void save() throws IOException;
}
