package jenkins.model;

import java.io.IOException;

/** A thing that reads itself from disk. */
public interface Loadable {
    void load() throws IOException;
}
