package io.jenkins.mlops.testbed.persistence;

import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.xml.DocumentReader;

/** A place in a document to come back to after a failure further down. */
final class Depth {
    private final Object current;

    private Depth(Object current) {
        this.current = current;
    }

    static Depth of(HierarchicalStreamReader reader) {
        return new Depth(((DocumentReader) reader.underlyingReader()).getCurrent());
    }

    void restore(HierarchicalStreamReader reader) {
        while (((DocumentReader) reader.underlyingReader()).getCurrent() != current) {
            reader.moveUp();
        }
    }
}
